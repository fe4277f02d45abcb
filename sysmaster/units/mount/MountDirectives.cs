using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Units.Mount;

/// <summary>[Mount]: what only mounts may say. man 5 systemd.mount.</summary>
public static partial class MountDirectives
{
    public static readonly Directive<ByteText> What = new("What", Kinds.Text, bus: "What", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<ByteText> Where = new("Where", Kinds.Path, bus: "Where");
    public static readonly Directive<ByteText> Type = new("Type", Kinds.Text, bus: "Type", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<ByteText> Options = new("Options", Kinds.Text, bus: "Options", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<bool> SloppyOptions = new("SloppyOptions", Kinds.Bool, bus: "SloppyOptions", since: 215);
    public static readonly Directive<bool> LazyUnmount = new("LazyUnmount", Kinds.Bool, bus: "LazyUnmount", since: 232);
    public static readonly Directive<bool> ReadWriteOnly = new("ReadWriteOnly", Kinds.Bool, bus: "ReadWriteOnly", since: 246);
    public static readonly Directive<bool> ForceUnmount = new("ForceUnmount", Kinds.Bool, bus: "ForceUnmount", since: 232);
    public static readonly Directive<uint> DirectoryMode = new("DirectoryMode", Kinds.Mode, def: 0x1ED, bus: "DirectoryMode");
    public static readonly Directive<Usec> TimeoutSec = new("TimeoutSec", Kinds.StopUsec, def: new(90 * Usec.PerSec), bus: "TimeoutUSec");

    public static readonly DirectiveTable Table = new("Mount", DirectiveIds.Type,
    [
        What, Where, Type, Options, SloppyOptions, LazyUnmount, ReadWriteOnly, ForceUnmount, DirectoryMode, TimeoutSec,
    ]);

    public static readonly DirectiveSet Set = new(new("Unit", UnitDirectives.Table),
        new("Mount", Table, ExecDirectives.Table, KillDirectives.Table, CgroupDirectives.Table),
        new("Install", InstallDirectives.Table));
}
