using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Units.Service;

/// <summary>How the end of a process is judged. systemd.service(5), SuccessExitStatus=, Restart=.</summary>
internal static class ServiceExit
{
    private const int SIGHUP = 1, SIGINT = 2, SIGPIPE = 13, SIGTERM = 15;

    /// <param name="isDaemon">A main process may also end by HUP, INT, TERM or PIPE; a command may not.</param>
    public static bool IsClean(ChildExit exit, bool isDaemon, ExitStatusList alsoClean)
    {
        if (exit.Code == LibC.CLD_EXITED) { return exit.Status == 0 || alsoClean.HasCode(exit.Status); }
        if (exit.Code != LibC.CLD_KILLED) { return false; }
        return (isDaemon && exit.Status is SIGHUP or SIGINT or SIGTERM or SIGPIPE && isDaemon) || alsoClean.HasSignal(exit.Status);
    }

    public static ServiceResult Judge(ChildExit exit, bool isDaemon, ExitStatusList alsoClean)
    {
        if (IsClean(exit, isDaemon, alsoClean)) { return ServiceResult.Success; }
        return exit.Code switch
        {
            LibC.CLD_EXITED => ServiceResult.ExitCode,
            LibC.CLD_KILLED => ServiceResult.Signal,
            _ => ServiceResult.CoreDump,
        };
    }

    /// <summary>The name of an exit status as the log has it, "SUCCESS", "FAILURE", "EXEC"; "n/a" without one. systemd.exec(5), exit codes.</summary>
    public static string Describe(int status) => SysMaster.UnitFiles.ExitStatusText.Names.WordOrNull(status) ?? "n/a";

    public static bool Has(ExitStatusList set, ChildExit exit) => exit.Code switch
    {
        LibC.CLD_EXITED => set.HasCode(exit.Status),
        LibC.CLD_KILLED or LibC.CLD_DUMPED => set.HasSignal(exit.Status),
        _ => false,
    };

    /// <summary>The table of Restart=. A signal counts as abnormal unless it is a clean one.</summary>
    public static bool ShouldRestart(ServiceRestart policy, ServiceResult result) => policy switch
    {
        ServiceRestart.No => false,
        ServiceRestart.Always => result != ServiceResult.ExecCondition,
        ServiceRestart.OnSuccess => result == ServiceResult.Success,
        ServiceRestart.OnFailure => result is not (ServiceResult.Success or ServiceResult.ExecCondition),
        ServiceRestart.OnAbnormal => result is not (ServiceResult.Success or ServiceResult.ExitCode or ServiceResult.ExecCondition),
        ServiceRestart.OnWatchdog => result == ServiceResult.Watchdog,
        _ => result is ServiceResult.Signal or ServiceResult.CoreDump,
    };
}
