using SysMaster.Core.Boot;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.Savepoint;
using SysMaster.Spawn.Exec;
using SysMaster.Spawn.Init;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>What the program gives the manager before and while it runs.</summary>
public sealed partial class Manager
{
    private NotifySocket? _notify;

    public void SetInit(InitLink init) => Init = init;

    public HardwareWatchdog Watchdog => _watchdog ??= new HardwareWatchdog(this);

    private HardwareWatchdog? _watchdog;

    public void SetFacts(SystemFacts facts) => Facts = facts;

    /// <summary>The console is the user's once the machine is up: job lines show while it starts and stops.</summary>
    public void SetStatus(StatusBoard board)
    {
        Status = board;
        if (board.Output is { } output) { output.IsSuppressed = () => State is not (SystemState.Initializing or SystemState.Starting or SystemState.Stopping); }
    }

    public void SetSavepoint(SavepointLog log) => Savepoint = log;

    public void SetExecutor(ExecutorLink? link)
    {
        Executor?.Dispose();
        Executor = link;
        if (link is not null) { AskAgain(); }
    }

    public void SetCgroups(UnitCgroups tree) => Cgroups = tree;

    public unsafe void OpenNotifySocket(OwnedFd socket)
    {
        int on = 1;
        _ = LibC.setsockopt(socket.Value, LibC.SOL_SOCKET, LibC.SO_PASSCRED, &on, sizeof(int));
        int room = 8 << 20;
        _ = LibC.setsockopt(socket.Value, LibC.SOL_SOCKET, LibC.SO_RCVBUFFORCE, &room, sizeof(int));
        _notify = new NotifySocket(this, socket);
        Loop.Add(new FdSource(socket.Fd, EventPriority.Notify, _notify), LibC.EPOLLIN);
    }

    public void OnChildExited(int pid, ChildExit exit) => OnExited(pid, exit);

    /// <summary>Reads the savepoint back; units files must be open and the types enumerated.</summary>
    /// <param name="kept">What init kept for units: they have it before they compare themselves with the kernel.</param>
    public void RecoverState(Dictionary<string, OwnedFd> kept)
    {
        if (Savepoint is { } log) { Recover(log, kept); }
        else { GiveBack(kept); }
    }

    private void GiveBack(IReadOnlyDictionary<string, OwnedFd> kept)
    {
        foreach ((string name, OwnedFd fd) in kept) { GiveBack(name, fd); }
    }

    /// <summary>A descriptor that init kept for a unit goes back to it.</summary>
    public void GiveBack(string name, OwnedFd fd)
    {
        OwnKept(name);
        string[] parts = name.Split('/', 3);
        if (parts.Length == 3 && parts[0] == SharedRuntime.KeyPrefix && Exec.Shared.GiveBack(parts[1], parts[2], fd)) { return; }
        if (parts.Length == 3 && UnitName.TryParse(parts[1], out UnitName unit) && Find(unit) is { } owner)
        {
            if (parts[0] == Unit.StdioPrefix && int.TryParse(parts[2], out int stream) && stream is >= 0 and < 3)
            {
                (owner.GivenStdio ??= new OwnedFd?[3])[stream] = fd;
                return;
            }
            owner.OnKeptFd(parts[2], fd);
            return;
        }
        DropFd(name);
        fd.Dispose();
    }

    public void StartSpecial(UnitName name, JobMode mode = JobMode.ReplaceIrreversibly) => AddJobOrLog(JobType.Start, Load(name), mode, null);

    /// <summary>SIGUSR1: connect to the bus anew; filled in by the bus layer.</summary>
    public Action? ReconnectBus { get; set; }

    public void DumpToLog()
    {
        foreach (Unit unit in Units) { Log.Info($"{unit.Id}: {unit.LoadState.Text()} {unit.ActiveState.Text()} {unit.SubState}{(unit.Job is { } job ? " job " + job.Type.Text() : "")}"); }
    }
}
