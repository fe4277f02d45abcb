using System.Collections.Immutable;
using SysMaster.Core;

namespace SysMaster.Units.Scope;

/// <summary>The sub-states of a scope, as systemctl names them.</summary>
public enum ScopeState : byte { Dead, StartChown, Running, Abandoned, StopSigterm, StopSigkill, Failed }

/// <param name="State">Which.</param>
/// <param name="Text">As systemctl shows it.</param>
/// <param name="Active">What the manager sees.</param>
/// <param name="KeepsTimer">Its deadline stays armed; in all other states it is dropped.</param>
public readonly record struct ScopeStateRow(ScopeState State, string Text, UnitActiveState Active, bool KeepsTimer);

/// <summary>Facts of each state, one row each.</summary>
public static class ScopeStates
{
    public static readonly ImmutableArray<ScopeStateRow> Rows =
    [
        new(ScopeState.Dead, "dead", UnitActiveState.Inactive, false),
        new(ScopeState.StartChown, "start-chown", UnitActiveState.Activating, true),
        new(ScopeState.Running, "running", UnitActiveState.Active, true),
        new(ScopeState.Abandoned, "abandoned", UnitActiveState.Active, true),
        new(ScopeState.StopSigterm, "stop-sigterm", UnitActiveState.Deactivating, true),
        new(ScopeState.StopSigkill, "stop-sigkill", UnitActiveState.Deactivating, true),
        new(ScopeState.Failed, "failed", UnitActiveState.Failed, false),
    ];

    public static ScopeStateRow Row(ScopeState state) => Rows[(int)state];
}

/// <summary>Why the scope ended as it did. D-Bus Result.</summary>
public enum ScopeResult : byte { Success, Resources, Timeout, OomKill }

public static class ScopeResults
{
    private static readonly string[] s_texts = ["success", "resources", "timeout", "oom-kill"];

    public static string Text(this ScopeResult result) => s_texts[(int)result];
}
