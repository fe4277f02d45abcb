using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Path;

/// <summary>[Path]. man 5 systemd.path.</summary>
public static partial class PathDirectives
{
    public static readonly Directive<PathSpec[]> Paths = new(null, PathKinds.All, bus: "Paths");
    public static readonly Directive<PathSpec[]> PathExists = new("PathExists", PathKinds.PathExists, into: Paths);
    public static readonly Directive<PathSpec[]> PathExistsGlob = new("PathExistsGlob", PathKinds.PathExistsGlob, into: Paths);
    public static readonly Directive<PathSpec[]> DirectoryNotEmpty = new("DirectoryNotEmpty", PathKinds.DirectoryNotEmpty, into: Paths);
    public static readonly Directive<PathSpec[]> PathChanged = new("PathChanged", PathKinds.PathChanged, into: Paths);
    public static readonly Directive<PathSpec[]> PathModified = new("PathModified", PathKinds.PathModified, into: Paths);
    public static readonly Directive<UnitName> Unit = new("Unit", Kinds.TriggeredName, bus: "Unit", use: BusUse.Shown | BusUse.Runtime);
    public static readonly Directive<bool> MakeDirectory = new("MakeDirectory", Kinds.Bool, bus: "MakeDirectory");
    public static readonly Directive<uint> DirectoryMode = new("DirectoryMode", Kinds.Mode, def: 0x1ED, bus: "DirectoryMode");
    public static readonly Directive<Usec> TriggerLimitIntervalSec = new("TriggerLimitIntervalSec", Kinds.UsecNotInfinity,
        def: new(2 * Usec.PerSec), bus: "TriggerLimitIntervalUSec", since: 250);
    public static readonly Directive<uint> TriggerLimitBurst = new("TriggerLimitBurst", Kinds.Unsigned,
        def: 200, bus: "TriggerLimitBurst", since: 250);

    public static readonly DirectiveTable Table = new("Path", DirectiveIds.Type,
    [
        Paths, PathExists, PathExistsGlob, DirectoryNotEmpty, PathChanged, PathModified, Unit, MakeDirectory, DirectoryMode,
        TriggerLimitIntervalSec, TriggerLimitBurst,
    ]);

    public static readonly DirectiveSet Set = new(new("Unit", UnitDirectives.Table),
        new("Path", Table),
        new("Install", InstallDirectives.Table));
}
