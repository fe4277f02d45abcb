using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Units.Swap;

/// <summary>[Swap]: what only swaps may say. man 5 systemd.swap.</summary>
public static partial class SwapDirectives
{
    public static readonly Directive<ByteText> What = new("What", Kinds.Path, bus: "What", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<int> Priority = new("Priority", SwapKinds.Priority,
        def: -1, bus: "Priority", use: BusUse.Shown | BusUse.Set | BusUse.Runtime);
    public static readonly Directive<ByteText> Options = new("Options", Kinds.Text, bus: "Options", since: 217);
    public static readonly Directive<Usec> TimeoutSec = new("TimeoutSec", Kinds.StopUsec, def: new(90 * Usec.PerSec), bus: "TimeoutUSec");

    public static readonly DirectiveTable Table = new("Swap", DirectiveIds.Type,
    [
        What, Priority, Options, TimeoutSec,
    ]);

    public static readonly DirectiveSet Set = new(new("Unit", UnitDirectives.Table),
        new("Swap", Table, ExecDirectives.Table, KillDirectives.Table, CgroupDirectives.Table),
        new("Install", InstallDirectives.Table));
}
