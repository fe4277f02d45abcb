using System.Globalization;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>What is said when a command of a unit (not its main process) has ended, in systemd's words.</summary>
public static class CommandLog
{
    public static void Exit(Unit unit, ChildExit exit, bool clean)
    {
        string code = exit.Code switch { LibC.CLD_EXITED => "exited", LibC.CLD_KILLED => "killed", _ => "dumped" };
        string status = exit.Code == LibC.CLD_EXITED ? ExitStatusText.Names.WordOrNull(exit.Status) ?? "n/a" : SignalText.Name(exit.Status);
        LogField[] fields = [new LogField("EXIT_CODE", code), new LogField("EXIT_STATUS", exit.Status.ToString(CultureInfo.InvariantCulture))];
        var context = new LogContext(unit) { MessageId = MessageIds.UnitProcessExit, Fields = fields };
        Log.Write(clean ? LogLevel.Debug : exit.Code == LibC.CLD_EXITED ? LogLevel.Notice : LogLevel.Warning, context, $"Control process exited, code={code}, status={exit.Status}/{status}");
    }
}
