using SysMaster.Core;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;
using SysMaster.Units.Scope;

namespace SysMaster.DBus.Systemd1;

/// <summary>Scopes on the bus.</summary>
internal static class ScopeBus
{
    public static readonly TypeBus Type = new()
    {
        Kind = UnitKind.Scope,
        Order = PropertyOrder.Scope,
        HasCgroup = true,
        HasKill = true,
        Methods = [new("Abandon", "", "", "", Access.ManageUnits, static (o, call) => Abandon(o.Unit, call))],
        Signals = [new("RequestStop", "")],
        Getters =
        [
            new("Controller", "s", static (o, w) => w.WriteString(Of(o).Controller)),
            new("OOMPolicy", "s", static (o, w) => ScopeDirectives.OOMPolicy.Kind.Write(Of(o).EffectiveOomPolicy, w)),
            new("Result", "s", static (o, w) => w.WriteString(Of(o).Result.Text())),
        ],
    };

    public static void Abandon(Unit unit, MethodCall call)
    {
        if (unit is not ScopeUnit scope) { call.Error(BusErrors.InvalidArgs, $"Unit '{unit.Id}' is not a scope unit, refusing."); }
        else if (unit.IsPerpetual) { call.Error(BusErrors.AccessDenied, "Operation not permitted"); }
        else if (!scope.Abandon()) { call.Error(BusErrorNames.ScopeNotRunning, $"Scope {unit.Id} is not running, cannot abandon."); }
    }

    /// <summary>Who made the scope is asked to end it, before anybody is killed.</summary>
    public static bool AskController(BusFront front, ScopeUnit scope) => front.Announcer.RequestStop(scope, scope.Controller);

    private static ScopeUnit Of(UnitObject o) => (ScopeUnit)o.Unit;
}
