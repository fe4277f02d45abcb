using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Units.Scope;

/// <summary>[Scope]: what only scopes may say. man 5 systemd.scope.</summary>
public static partial class ScopeDirectives
{
    public static readonly Directive<Usec> RuntimeMaxSec = new("RuntimeMaxSec", Kinds.Usec, def: Usec.Infinity, bus: "RuntimeMaxUSec", since: 244);
    public static readonly Directive<Usec> RuntimeRandomizedExtraSec = new("RuntimeRandomizedExtraSec", Kinds.Usec,
        bus: "RuntimeRandomizedExtraUSec", since: 250);
    public static readonly Directive<Usec> TimeoutStopSec = new("TimeoutStopSec", Kinds.Usec,
        def: new(90 * Usec.PerSec), bus: "TimeoutStopUSec", since: 188);
    public static readonly Directive<OomPolicy> OOMPolicy = new("OOMPolicy", Kinds.OomPolicy, def: OomPolicy.Stop, bus: "OOMPolicy");

    public static readonly DirectiveTable Table = new("Scope", DirectiveIds.Type,
    [
        RuntimeMaxSec, RuntimeRandomizedExtraSec, TimeoutStopSec, OOMPolicy,
    ]);

    public static readonly DirectiveSet Set = new(new("Unit", UnitDirectives.Table),
        new("Scope", Table, KillDirectives.Table, CgroupDirectives.Table),
        new("Install", InstallDirectives.Table));
}
