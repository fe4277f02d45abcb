using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>The Exec… properties: each command, and how it last ran.</summary>
internal static class CommandRuns
{
    public static void Write(ReadOnlySpan<ExecCommandSpec> commands, Func<int, ExecRun?> runOf, bool ex, MessageWriter w)
    {
        ArrayMark array = w.BeginArray(8);
        for (int i = 0; i < commands.Length; i++)
        {
            ExecStatus status = StatusOf(runOf(i));
            if (ex) { ExecCommandExKind.WriteOne(commands[i], status, w); }
            else { ExecCommandKind.WriteOne(commands[i], status, w); }
        }
        w.EndArray(array);
    }

    private static ExecStatus StatusOf(ExecRun? run) => run is null ? default
        : new ExecStatus(run.Start.Realtime, run.Start.Monotonic, run.Exit.Realtime, run.Exit.Monotonic, run.Pid, run.Code, run.Status);
}
