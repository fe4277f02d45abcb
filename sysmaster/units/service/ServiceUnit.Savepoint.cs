using System.Buffers.Text;
using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.Units.Service;

/// <summary>The service's record. Tags are never reused.</summary>
public sealed partial class ServiceUnit
{
    private static class Tag
    {
        public const uint State = TypeTags, Result = TypeTags + 1, ReloadResult = TypeTags + 2, CleanResult = TypeTags + 3;
        public const uint MainPid = TypeTags + 4, MainStart = TypeTags + 5, MainAlien = TypeTags + 6, MainKnown = TypeTags + 7;
        public const uint ControlPid = TypeTags + 8, ControlStart = TypeTags + 9;
        public const uint ControlCommand = TypeTags + 10, ControlIndex = TypeTags + 11, MainIndex = TypeTags + 12;
        public const uint Restarts = TypeTags + 13, ForbidRestart = TypeTags + 14, FlushRestarts = TypeTags + 15;
        public const uint StatusText = TypeTags + 16, StatusErrno = TypeTags + 17, NotifyState = TypeTags + 18;
        public const uint TimerAt = TypeTags + 19, WatchdogAt = TypeTags + 20, WatchdogOverride = TypeTags + 21;
        public const uint MainRun = TypeTags + 22, BusNameOwned = TypeTags + 30, Active = TypeTags + 31, OomKilled = TypeTags + 32;
        public const uint Run = TypeTags + 33, WatchdogStamp = TypeTags + 34, NotifyAccess = TypeTags + 36, Peer = TypeTags + 37, ReloadBegin = TypeTags + 38;
        public const uint RemoteAddress = TypeTags + 39, RemotePort = TypeTags + 40;
    }

    protected override void WriteType(RecordWriter to)
    {
        WriteNonZero(to, Tag.State, (uint)State);
        WriteNonZero(to, Tag.Result, (uint)Result);
        WriteNonZero(to, Tag.ReloadResult, (uint)ReloadResult);
        WriteNonZero(to, Tag.CleanResult, (uint)CleanResult);
        WriteNonZero(to, Tag.MainPid, (uint)Pids.Main);
        WriteNonZero(to, Tag.MainStart, _main?.StartTime ?? 0);
        WriteNonZero(to, Tag.MainAlien, MainPidIsAlien ? 1u : 0);
        WriteNonZero(to, Tag.MainKnown, _mainKnown ? 1u : 0);
        WriteNonZero(to, Tag.ControlPid, (uint)Pids.Control);
        WriteNonZero(to, Tag.ControlStart, _control?.StartTime ?? 0);
        WriteNonZero(to, Tag.ControlCommand, (uint)_controlCommand);
        WriteNonZero(to, Tag.ControlIndex, (uint)_controlIndex);
        WriteNonZero(to, Tag.MainIndex, (uint)_mainIndex);
        WriteNonZero(to, Tag.Active, (_mainActive ? 1u : 0) | (_controlActive ? 2u : 0));
        WriteNonZero(to, Tag.Restarts, RestartCount);
        WriteNonZero(to, Tag.ForbidRestart, _forbidRestart ? 1u : 0);
        WriteNonZero(to, Tag.FlushRestarts, _flushRestarts ? 1u : 0);
        WriteNonZero(to, Tag.StatusErrno, (uint)StatusErrno);
        WriteNonZero(to, Tag.NotifyState, (uint)_notifyState);
        if (!TimerAt.IsInfinity) { to.Write(Tag.TimerAt, TimerAt.Value); }
        if (!WatchdogAt.IsInfinity) { to.Write(Tag.WatchdogAt, WatchdogAt.Value); }
        if (_watchdogOverride is { } usec) { to.Write(Tag.WatchdogOverride, usec.Value); }
        if (_notifyAccessOverride is { } access) { to.Write(Tag.NotifyAccess, (uint)access); }
        WriteStamp(to, Tag.WatchdogStamp, WatchdogTimestamp);
        WriteNonZero(to, Tag.BusNameOwned, _busNameOwned ? 1u : 0);
        WriteNonZero(to, Tag.OomKilled, _oomKilled ? 1u : 0);
        WriteNonZero(to, Tag.ReloadBegin, _reloadBegin.Value);
        if (_statusText is { } status) { to.Write(Tag.StatusText, status); }
        if (ConnectionPeer is { } peer) { to.Write(Tag.Peer, peer); }
        if (_remote.Address is { } address) { to.Write(Tag.RemoteAddress, address); }
        WriteNonZero(to, Tag.RemotePort, _remote.Port);
        if (MainRun.Pid != 0) { to.Write(Tag.MainRun, RunText(MainRun)); }
        foreach (((ServiceCommand list, int index), ExecRun run) in _runs ?? [])
        {
            to.Write(Tag.Run, $"{(int)list} {index} {RunText(run)}");
        }
    }

    protected override void ReadType(uint tag, in SavedField value)
    {
        switch (tag)
        {
            case Tag.State: State = Known((ServiceState)value.Number); break;
            case Tag.Result: Result = (ServiceResult)value.Number; break;
            case Tag.ReloadResult: ReloadResult = (ServiceResult)value.Number; break;
            case Tag.CleanResult: CleanResult = (ServiceResult)value.Number; break;
            case Tag.MainPid: (_recovered ??= new Recovered()).Main = (int)value.Number; break;
            case Tag.MainStart: (_recovered ??= new Recovered()).MainStart = value.Number; break;
            case Tag.MainAlien: MainPidIsAlien = true; break;
            case Tag.MainKnown: _mainKnown = true; break;
            case Tag.ControlPid: (_recovered ??= new Recovered()).Control = (int)value.Number; break;
            case Tag.ControlStart: (_recovered ??= new Recovered()).ControlStart = value.Number; break;
            case Tag.ControlCommand: _controlCommand = (ServiceCommand)value.Number; break;
            case Tag.ControlIndex: _controlIndex = (int)value.Number; break;
            case Tag.MainIndex: _mainIndex = (int)value.Number; break;
            case Tag.Active: (_mainActive, _controlActive) = ((value.Number & 1) != 0, (value.Number & 2) != 0); break;
            case Tag.Restarts: RestartCount = (uint)value.Number; break;
            case Tag.ForbidRestart: _forbidRestart = true; break;
            case Tag.FlushRestarts: _flushRestarts = true; break;
            case Tag.StatusErrno: StatusErrno = (int)value.Number; break;
            case Tag.NotifyState: _notifyState = (NotifyState)value.Number; break;
            case Tag.TimerAt: (_recovered ??= new Recovered()).Timer = new Usec(value.Number); break;
            case Tag.WatchdogAt: (_recovered ??= new Recovered()).Watchdog = new Usec(value.Number); break;
            case Tag.WatchdogOverride: _watchdogOverride = new Usec(value.Number); break;
            case Tag.NotifyAccess: _notifyAccessOverride = (NotifyAccess)value.Number; break;
            case Tag.WatchdogStamp: WatchdogTimestamp = WatchdogTimestamp with { Realtime = new Usec(value.Number) }; break;
            case Tag.WatchdogStamp + 1: WatchdogTimestamp = WatchdogTimestamp with { Monotonic = new Usec(value.Number) }; break;
            case Tag.BusNameOwned: _busNameOwned = true; break;
            case Tag.OomKilled: _oomKilled = true; break;
            case Tag.ReloadBegin: _reloadBegin = new Usec(value.Number); break;
            case Tag.StatusText: _statusText = value.String; break;
            case Tag.Peer: ConnectionPeer = value.String; break;
            case Tag.RemoteAddress: _remote.Address = value.String; break;
            case Tag.RemotePort: _remote.Port = (uint)value.Number; break;
            case Tag.MainRun: MainRun = ReadRun(Numbers(value.Bytes, stackalloc ulong[RunNumbers])); break;
            case Tag.Run:
            {
                ReadOnlySpan<ulong> numbers = Numbers(value.Bytes, stackalloc ulong[RunNumbers + 2]);
                (_runs ??= [])[((ServiceCommand)numbers[0], (int)numbers[1])] = ReadRun(numbers[2..]);
                break;
            }
        }
    }

    /// <summary>What runs is the main or the control process that is written there, or what is left of a service that has none.</summary>
    internal static bool Explains(RecordReader fields, IReadOnlyList<int> pids)
    {
        var state = ServiceState.Dead;
        int main = 0, control = 0;
        while (fields.Next(out SavedField f))
        {
            switch (f.Tag)
            {
                case Tag.State: state = Known((ServiceState)f.Number); break;
                case Tag.MainPid: main = (int)f.Number; break;
                case Tag.ControlPid: control = (int)f.Number; break;
            }
        }
        if (ServiceStates.IsDead(state) || ServiceStates.AwaitsRestart(state) || state == ServiceState.Failed) { return false; }
        return main == 0 && control == 0 || pids.Contains(main) || pids.Contains(control);
    }

    /// <summary>What the manager before us knew of its processes, until they are taken up.</summary>
    private sealed class Recovered
    {
        public int Main, Control;
        public ulong MainStart, ControlStart;
        public Usec Timer = Usec.Infinity, Watchdog = Usec.Infinity;
    }

    private Recovered? _recovered;

    /// <summary>Processes are taken up again if they are still the same ones; ends that came meanwhile are told by init.</summary>
    protected override void OnRecovered()
    {
        Recovered was = _recovered ?? new Recovered();
        _recovered = null;
        if (was.Main != 0) { Manager.Readopt(Main, was.Main, was.MainStart, MainRun.Pid == was.Main ? MainRun : null, isChild: !MainPidIsAlien); }
        if (was.Control != 0) { Manager.Readopt(Control, was.Control, was.ControlStart, RunOf(_controlCommand, _controlIndex), isChild: true); }
        if (!was.Timer.IsInfinity) { Timer.ArmAt(was.Timer); }
        if (!was.Watchdog.IsInfinity) { Watchdog.ArmAt(was.Watchdog); }
        if (State == ServiceState.Running && was.Main != 0 && !Main.IsAlive && !OwesProcess) { OnMainLost(); }
        // What was dropped then may still be here.
        if ((ServiceStates.IsDead(State) || State == ServiceState.Failed) && Job is null)
        {
            if (!KeepsFdStore(comesBack: false)) { ReleaseFdStore(); }
            ReleaseStdio();
        }
        else if (ServiceStates.AwaitsRestart(State) && !KeepsFdStore(comesBack: true)) { ReleaseFdStore(); }
        if (State is ServiceState.Start or ServiceState.StartPost && Type_ == ServiceType.Forking && !Control.IsAlive && PendingEffects == 0) { WatchPidFile(); }
    }

    /// <summary>The first of them that is a child of PID 1 is taken for the main process.</summary>
    protected override void OnFoundRunning(IReadOnlyList<int> pids)
    {
        if (!ServiceStates.IsDead(State) || pids.Count == 0) { return; }
        foreach (int pid in pids)
        {
            if (ProcStat.Parent(pid) != 1) { continue; }
            Manager.Adopt(Main, pid);
            break;
        }
        Enter(ServiceState.Running);
    }

    /// <summary>What was stored for a run that is over is nobody's.</summary>
    protected override void OnFoundKept()
    {
        if (ServiceStates.IsDead(State) && !KeepsFdStore(comesBack: false)) { ReleaseFdStore(); }
    }

    /// <summary>The main process went while nobody looked and init does not know it either (it was not our child).</summary>
    private void OnMainLost()
    {
        _mainKnown = true;
        EnterRunning(ServiceResult.Success);
    }

    private static ServiceState Known(ServiceState state) => (int)state < ServiceStates.Rows.Length ? state : ServiceState.Dead;

    private static string RunText(ExecRun run) =>
        $"{run.Pid} {run.Start.Realtime.Value} {run.Start.Monotonic.Value} {run.Exit.Realtime.Value} {run.Exit.Monotonic.Value} {run.Code} {run.Status}";

    private const int RunNumbers = 7;

    /// <summary>Numbers between spaces; zero for what is missing.</summary>
    private static ReadOnlySpan<ulong> Numbers(ReadOnlySpan<byte> text, Span<ulong> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            _ = Utf8Parser.TryParse(text, out ulong number, out int used);
            numbers[i] = number;
            text = text[Math.Min(used + 1, text.Length)..];
        }
        return numbers;
    }

    private static ExecRun ReadRun(ReadOnlySpan<ulong> numbers) => new()
    {
        Pid = (int)numbers[0],
        Start = new DualTimestamp(new Usec(numbers[1]), new Usec(numbers[2])),
        Exit = new DualTimestamp(new Usec(numbers[3]), new Usec(numbers[4])),
        Code = (int)numbers[5],
        Status = (int)numbers[6],
    };
}
