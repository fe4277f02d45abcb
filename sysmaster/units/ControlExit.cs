using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units;

/// <summary>Why a mount, swap or the like ended as it did. D-Bus Result.</summary>
public enum ControlResult : byte
{
    Success, Resources, Timeout, ExitCode, Signal, CoreDump, StartLimitHit, Protocol,
    /// <summary>Of an automount: the mount it waited for failed to start too often.</summary>
    MountStartLimitHit,
    /// <summary>Of an automount: somebody unmounted the trigger.</summary>
    Unmounted,
}

/// <summary>Helper commands such as mount(8) and swapoff(8): how their end is judged and said.</summary>
public static class ControlExit
{
    private static readonly string[] s_texts =
        ["success", "resources", "timeout", "exit-code", "signal", "core-dump", "start-limit-hit", "protocol", "mount-start-limit-hit", "unmounted"];

    public static string Text(this ControlResult result) => s_texts[(int)result];

    /// <summary>A command is clean only with status 0: no signal is.</summary>
    public static ControlResult Judge(ChildExit exit) => exit.Code switch
    {
        LibC.CLD_EXITED when exit.Status == 0 => ControlResult.Success,
        LibC.CLD_EXITED => ControlResult.ExitCode,
        LibC.CLD_KILLED => ControlResult.Signal,
        _ => ControlResult.CoreDump,
    };

    public static void Record(ProcessSlot slot, ChildExit exit)
    {
        if (slot.Run is not { } run) { return; }
        run.Exit = DualTimestamp.Now();
        run.Code = exit.Code;
        run.Status = exit.Status;
    }

    public static void LogExit(Unit unit, string what, ChildExit exit, bool clean)
    {
        string code = exit.Code switch { LibC.CLD_EXITED => "exited", LibC.CLD_KILLED => "killed", _ => "dumped" };
        string status = exit.Code == LibC.CLD_EXITED ? ExitStatusText.Names.WordOrNull(exit.Status) ?? "n/a" : SignalText.Name(exit.Status);
        LogField[] fields =
        [
            new LogField("EXIT_CODE", code),
            new LogField("EXIT_STATUS", exit.Status.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
        var context = new LogContext(unit) { MessageId = MessageIds.UnitProcessExit, Fields = fields };
        Log.Write(clean ? LogLevel.Debug : exit.Code == LibC.CLD_EXITED ? LogLevel.Notice : LogLevel.Warning, context, $"{what} process exited, code={code}, status={exit.Status}/{status}");
    }
}
