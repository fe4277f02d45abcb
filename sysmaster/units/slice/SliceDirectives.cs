using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Units.Slice;

/// <summary>[Slice]: what only slices may say. man 5 systemd.slice.</summary>
public static partial class SliceDirectives
{
    public static readonly Directive<ByteText> ConcurrencySoftMax = new("ConcurrencySoftMax", Kinds.PlainText, since: 258, honour: Honour.Not);
    public static readonly Directive<ByteText> ConcurrencyHardMax = new("ConcurrencyHardMax", Kinds.PlainText, since: 258, honour: Honour.Not);
    public static readonly Directive<ByteText> ActivatingConcurrencyMax = new("ActivatingConcurrencyMax", Kinds.PlainText,
        since: 262, honour: Honour.Not);

    public static readonly DirectiveTable Table = new("Slice", DirectiveIds.Type,
    [
        ConcurrencySoftMax, ConcurrencyHardMax, ActivatingConcurrencyMax,
    ]);

    public static readonly DirectiveSet Set = new(new("Unit", UnitDirectives.Table),
        new("Slice", Table, CgroupDirectives.Table),
        new("Install", InstallDirectives.Table));
}
