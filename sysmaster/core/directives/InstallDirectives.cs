using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>[Install]: read by enable and disable, not by the running manager; specifiers are expanded then. man 5 systemd.unit.</summary>
public static partial class InstallDirectives
{
    public static readonly Directive<ByteText[]> Alias = new("Alias", Kinds.InstallNames, since: 201);
    public static readonly Directive<ByteText[]> WantedBy = new("WantedBy", Kinds.InstallNames, since: 201);
    public static readonly Directive<ByteText[]> RequiredBy = new("RequiredBy", Kinds.InstallNames, since: 201);
    public static readonly Directive<ByteText[]> UpheldBy = new("UpheldBy", Kinds.InstallNames, since: 254);
    public static readonly Directive<ByteText[]> Also = new("Also", Kinds.InstallNames, since: 201);
    public static readonly Directive<ByteText> DefaultInstance = new("DefaultInstance", Kinds.PlainText, since: 215);

    public static readonly DirectiveTable Table = new("Install", DirectiveIds.Install,
    [
        Alias, WantedBy, RequiredBy, UpheldBy, Also, DefaultInstance,
    ]);
}
