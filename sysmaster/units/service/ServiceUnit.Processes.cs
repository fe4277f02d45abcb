using System.Buffers.Text;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Service;

/// <summary>Starting processes, and knowing which one is the main process when we did not start it ourselves.</summary>
public sealed partial class ServiceUnit
{
    /// <summary>There was a main process in this activation, alive or not.</summary>
    private bool _mainKnown;
    private bool _oomKilled;
    private PidFileWatch? _pidFileWatch;

    private Errno Spawn(ProcessSlot slot, ServiceCommand list, int index, ExecCommandSpec command)
    {
        if (slot.Role == Roles.Main)
        {
            ForgetMain();
            _oomKilled = false;
        }
        var spawn = new SpawnContext(this, slot, command)
        {
            IsControl = slot.Role == Roles.Control && list != ServiceCommand.Start,
            FollowsMain = slot.Role == Roles.Control && list is not (ServiceCommand.Condition or ServiceCommand.StartPre or ServiceCommand.Start),
            PassSockets = slot.Role == Roles.Main || list == ServiceCommand.Start,
            SetsTty = list == ServiceCommand.Start,
            IsIdle = Type_ == ServiceType.Idle && list == ServiceCommand.Start,
            WatchdogUsec = list == ServiceCommand.Start ? WatchdogInterval : Usec.Zero,
            KeepsRoot = list != ServiceCommand.Start && Get(ServiceDirectives.RootDirectoryStartOnly),
            IsPrivileged = list != ServiceCommand.Start && Get(ServiceDirectives.PermissionsStartOnly),
            NotifySocket = EffectiveNotifyAccess != NotifyAccess.None,
        };
        AddEnvironment(spawn, list);
        if (spawn.PassSockets) { CollectFds(spawn); }
        Errno error = Manager.Exec.Spawn(spawn);
        if (error.Failed)
        {
            Log.Warning(this, $"Failed to run {TaskName(list, index)} task: {error.ToString()}");
            return error;
        }
        (_runs ??= [])[(list, index)] = slot.Run!;
        return Errno.None;
    }

    private static string TaskName(ServiceCommand list, int index) => index > 0 ? list == ServiceCommand.Start ? "next main" : "next control" : list switch
    {
        ServiceCommand.Condition => "'exec-condition'",
        ServiceCommand.StartPre => "'start-pre'",
        ServiceCommand.Start => "'start'",
        ServiceCommand.StartPost => "'start-post'",
        ServiceCommand.Reload => "'reload'",
        ServiceCommand.Stop => "'stop'",
        _ => "'stop-post'",
    };

    private void AddEnvironment(SpawnContext spawn, ServiceCommand list)
    {
        if (Main.Pid > 0 && list != ServiceCommand.Start) { spawn.SetVariable("MAINPID", Main.Pid); }
        if (Get(ServiceDirectives.PIDFile) is { IsEmpty: false } pidFile) { spawn.SetVariable("PIDFILE", pidFile); }
        if (list is ServiceCommand.Condition or ServiceCommand.StartPre or ServiceCommand.Start) { AddMonitored(spawn); }
        if (list is not (ServiceCommand.Stop or ServiceCommand.StopPost)) { return; }
        AddResult(spawn, this, "");
    }

    /// <summary>
    /// For OnFailure= and OnSuccess= units: whose end they are called for. Told only where one unit alone, by one of the two, may call for it:
    /// whether the others have ended is not looked at. systemd.exec(5), $MONITOR_SERVICE_RESULT.
    /// </summary>
    private void AddMonitored(SpawnContext spawn)
    {
        Unit? caller = null;
        foreach (Dep dep in (ReadOnlySpan<Dep>)[Dep.OnFailureOf, Dep.OnSuccessOf])
        {
            foreach (Unit other in Others(dep))
            {
                if (caller is not null)
                {
                    Log.Warning(this, $"multiple trigger source candidates for exit status propagation ({caller.Id}, {other.Id}), skipping.");
                    return;
                }
                caller = other;
            }
        }
        if (caller is not ServiceUnit ended) { return; }
        AddResult(spawn, ended, "MONITOR_");
        if (!ended.InvocationId.IsNull) { spawn.SetVariable("MONITOR_INVOCATION_ID", ended.InvocationId.ToString()); }
        spawn.SetVariable("MONITOR_UNIT", ended.Id.Text);
    }

    private static void AddResult(SpawnContext spawn, ServiceUnit of, string prefix)
    {
        spawn.SetVariable(prefix + "SERVICE_RESULT", of.Result.Text());
        ExecRun run = of.MainRun;
        if (run.Pid == 0 || run.Code == 0) { return; }
        spawn.SetVariable(prefix + "EXIT_CODE", run.Code switch { LibC.CLD_EXITED => "exited", LibC.CLD_KILLED => "killed", _ => "dumped" });
        if (run.Code == LibC.CLD_EXITED) { spawn.SetVariable(prefix + "EXIT_STATUS", run.Status); }
        else { spawn.SetVariable(prefix + "EXIT_STATUS", SignalText.Name(run.Status)); }
    }

    private void ForgetMain()
    {
        Forget(_main);
        MainPidIsAlien = false;
        _mainKnown = false;
    }

    private void ForgetControl()
    {
        Forget(_control);
        _controlActive = false;
    }

    private void Forget(ProcessSlot? slot)
    {
        if (slot is null) { return; }
        Manager.CancelSpawn(slot);
        if (slot.Pid > 0) { Manager.UnwatchPid(this, slot.Pid); }
        slot.Clear();
    }

    /// <summary>Takes a process as the main one that we did not start as such.</summary>
    private void SetMainPid(int pid)
    {
        if (Main.Pid == pid && Main.IsAlive) { return; }
        ForgetMain();
        Manager.Adopt(Main, pid);
        _mainKnown = true;
        MainPidIsAlien = ProcStat.Parent(pid) != 1;
        if (MainPidIsAlien) { Log.Warning(this, $"Supervising process {pid} which is not our child. We'll most likely not notice when it exits."); }
        MainRun = new ExecRun { Pid = pid, Start = DualTimestamp.Now() };
        MarkDirty();
        MarkChanged();
    }

    /// <summary>Reads PIDFile=. A PID is taken only if the process is ours: in our control group, or the file is root's alone.</summary>
    /// <param name="mayBlame">Say so when there is none: the service should have written it by now.</param>
    private bool AdoptMainPid(bool mayBlame)
    {
        ByteText path = Get(ServiceDirectives.PIDFile);
        if (path.IsEmpty) { return false; }
        Result<byte[]> content = Sys.ReadFile(path, 64);
        if (content.Failed)
        {
            if (mayBlame) { Log.Info(this, $"Can't open PID file {path.ToString()} (yet?) after {ServiceStates.Row(State).Text}: {content.Error.ToString()}"); }
            return false;
        }
        if (!Utf8Parser.TryParse(content.Value.AsSpan().Trim("\n "u8), out int pid, out _) || pid <= 1)
        {
            if (mayBlame) { Log.Warning(this, $"Failed to parse PID from file {path.ToString()}: Invalid argument"); }
            return false;
        }
        if (!ProcStat.IsAlive(pid))
        {
            if (mayBlame) { Log.Warning(this, $"PID {pid} read from file {path.ToString()} does not exist or is a zombie."); }
            return false;
        }
        if (!IsOurs(pid, path)) { return false; }
        SetMainPid(pid);
        return true;
    }

    private bool IsOurs(int pid, ByteText path)
    {
        if (ReferenceEquals(Manager.UnitOfPid(pid), this)) { return true; }
        Result<FileStat> stat = Sys.Stat(path, followLinks: false);
        if (!stat.Failed && stat.Value.Uid == 0 && stat.Value.IsRegular)
        {
            Log.Debug(this, $"New main PID {pid} does not belong to service, but we'll accept it since PID file is owned by root.");
            return true;
        }
        Log.Error(this, $"New main PID {pid} does not belong to service, and PID file is not owned by root. Refusing.");
        return false;
    }

    /// <summary>Waits for the PID file, as long as a process is left that could write it.</summary>
    private void DemandPidFile()
    {
        if (WatchPidFile() && (_pidFileWatch is not { IsWatching: true } || Manager.Cgroups.IsPopulated(this))) { return; }
        if (State == ServiceState.Start) { EnterSignal(ServiceState.StopSigterm, ServiceResult.Protocol); }
        else { EnterStop(ServiceResult.Protocol); }
    }

    private bool WatchPidFile()
    {
        _pidFileWatch ??= new PidFileWatch(Manager, OnPidFileChanged);
        if (!_pidFileWatch.Start(Get(ServiceDirectives.PIDFile))) { return false; }
        // It may have come between the look and the watch.
        OnPidFileChanged();
        return true;
    }

    private void OnPidFileChanged()
    {
        if (State is not (ServiceState.Start or ServiceState.StartPost) || !AdoptMainPid(mayBlame: false)) { return; }
        _pidFileWatch?.Stop();
        if (State == ServiceState.Start) { EnterStartPost(); }
        else { EnterRunning(ServiceResult.Success); }
    }

    /// <summary>GuessMainPID=: the only process of ours whose parent is PID 1.</summary>
    private void GuessMainPid()
    {
        if (!Get(ServiceDirectives.GuessMainPID) || Main.IsAlive) { return; }
        int found = 0;
        foreach (int pid in Manager.Cgroups.Pids(this))
        {
            if (pid == Control.Pid || ProcStat.Parent(pid) != 1 || !ProcStat.IsAlive(pid)) { continue; }
            if (found != 0) { return; }   // two of them: no way to tell
            found = pid;
        }
        if (found != 0) { SetMainPid(found); }
    }
}
