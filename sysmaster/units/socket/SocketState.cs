using System.Collections.Immutable;
using SysMaster.Core;
using SysMaster.Linux;

namespace SysMaster.Units.Socket;

/// <summary>The sub-states of a socket, as systemctl names them.</summary>
public enum SocketState : byte
{
    Dead, StartPre, StartChown, StartPost, Listening, Running,
    StopPre, StopPreSigterm, StopPreSigkill, StopPost, FinalSigterm, FinalSigkill, Failed, Cleaning,
}

/// <summary>What of a socket outlives the entry into a state; all else is dropped, in one place.</summary>
[Flags]
public enum SocketKeep : byte
{
    None = 0,
    Timer = 1,
    ControlPid = 2,
    /// <summary>The descriptors stay open.</summary>
    Fds = 4,
    /// <summary>Traffic on them is watched.</summary>
    Watch = 8,
}

public readonly record struct SocketStateRow(SocketState State, string Text, UnitActiveState Active, SocketKeep Keep);

/// <summary>Facts of each state, one row each.</summary>
public static class SocketStates
{
    private const SocketKeep Busy = SocketKeep.Timer | SocketKeep.ControlPid;

    public static readonly ImmutableArray<SocketStateRow> Rows =
    [
        new(SocketState.Dead, "dead", UnitActiveState.Inactive, SocketKeep.None),
        new(SocketState.StartPre, "start-pre", UnitActiveState.Activating, Busy),
        new(SocketState.StartChown, "start-chown", UnitActiveState.Activating, Busy | SocketKeep.Fds),
        new(SocketState.StartPost, "start-post", UnitActiveState.Activating, Busy | SocketKeep.Fds),
        new(SocketState.Listening, "listening", UnitActiveState.Active, SocketKeep.Fds | SocketKeep.Watch),
        new(SocketState.Running, "running", UnitActiveState.Active, SocketKeep.Fds),
        new(SocketState.StopPre, "stop-pre", UnitActiveState.Deactivating, Busy | SocketKeep.Fds),
        new(SocketState.StopPreSigterm, "stop-pre-sigterm", UnitActiveState.Deactivating, Busy | SocketKeep.Fds),
        new(SocketState.StopPreSigkill, "stop-pre-sigkill", UnitActiveState.Deactivating, Busy | SocketKeep.Fds),
        new(SocketState.StopPost, "stop-post", UnitActiveState.Deactivating, Busy),
        new(SocketState.FinalSigterm, "final-sigterm", UnitActiveState.Deactivating, Busy),
        new(SocketState.FinalSigkill, "final-sigkill", UnitActiveState.Deactivating, Busy),
        new(SocketState.Failed, "failed", UnitActiveState.Failed, SocketKeep.None),
        new(SocketState.Cleaning, "cleaning", UnitActiveState.Maintenance, Busy | SocketKeep.Fds),
    ];

    public static SocketStateRow Row(SocketState state) => Rows[(int)state];

    public static bool IsStopping(SocketState state) => state is >= SocketState.StopPre and <= SocketState.FinalSigkill;
}

/// <summary>Why the socket ended as it did. D-Bus Result.</summary>
public enum SocketResult : byte
{
    Success, Resources, Timeout, ExitCode, Signal, CoreDump, StartLimitHit, TriggerLimitHit, ServiceStartLimitHit,
}

public static class SocketResults
{
    private static readonly string[] s_texts =
        ["success", "resources", "timeout", "exit-code", "signal", "core-dump", "start-limit-hit", "trigger-limit-hit", "service-start-limit-hit"];

    public static string Text(this SocketResult result) => s_texts[(int)result];

    /// <summary>What the end of a command means; a command has only one clean end.</summary>
    public static SocketResult Judge(ChildExit exit) => exit.IsSuccess ? SocketResult.Success : exit.Code switch
    {
        LibC.CLD_EXITED => SocketResult.ExitCode,
        LibC.CLD_KILLED => SocketResult.Signal,
        _ => SocketResult.CoreDump,
    };
}

/// <summary>The lists of commands of a socket, in the order of their life.</summary>
public enum SocketCommand : byte { StartPre, StartPost, StopPre, StopPost }
