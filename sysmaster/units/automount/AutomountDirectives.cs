using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Units.Automount;

/// <summary>[Automount]. man 5 systemd.automount.</summary>
public static partial class AutomountDirectives
{
    public static readonly Directive<ByteText> Where = new("Where", Kinds.Path, bus: "Where", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<ByteText> ExtraOptions = new("ExtraOptions", Kinds.Text, bus: "ExtraOptions", since: 250);
    public static readonly Directive<uint> DirectoryMode = new("DirectoryMode", Kinds.Mode, def: 0x1ED, bus: "DirectoryMode");
    public static readonly Directive<Usec> TimeoutIdleSec = new("TimeoutIdleSec", Kinds.StopUsec, bus: "TimeoutIdleUSec", since: 220);

    public static readonly DirectiveTable Table = new("Automount", DirectiveIds.Type,
    [
        Where, ExtraOptions, DirectoryMode, TimeoutIdleSec,
    ]);

    public static readonly DirectiveSet Set = new(new("Unit", UnitDirectives.Table),
        new("Automount", Table),
        new("Install", InstallDirectives.Table));
}
