using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>KillUnit: one signal to main process, control process, or all of the unit. systemctl(1), --kill-whom=.</summary>
internal static class UnitKill
{
    private const int SignalRtMin = 34, SignalMax = 64;   // as the C library counts them

    /// <param name="reader">Stands before (whom s, signal i).</param>
    public static void Run(Unit unit, MethodCall call, MessageReader reader)
    {
        string whom = reader.ReadText();
        Run(unit, call, whom, reader.ReadInt32());
    }

    /// <summary>QueueSignalUnit: with a value for whoever asks siginfo_t, which only real-time signals carry.</summary>
    /// <param name="reader">Stands before (whom s, signal i, value i).</param>
    public static void RunWithValue(Unit unit, MethodCall call, MessageReader reader)
    {
        string whom = reader.ReadText();
        int signal = reader.ReadInt32(), value = reader.ReadInt32();
        if (signal is > 0 and < SignalRtMin)
        {
            call.Error(BusErrors.InvalidArgs, $"Value parameter only accepted for realtime signals (SIGRTMIN…SIGRTMAX), refusing for signal SIG{SignalText.Name(signal)}.");
            return;
        }
        Run(unit, call, whom, signal, value);
    }

    public static void Run(Unit unit, MethodCall call, string whom, int signal, int? value = null)
    {
        if (whom is not ("" or "all" or "main" or "control" or "main-fail" or "control-fail" or "all-fail"))
        {
            call.Error(BusErrors.InvalidArgs, $"Invalid who argument {whom}");
            return;
        }
        if (signal is <= 0 or > SignalMax)
        {
            call.Error(BusErrors.InvalidArgs, "Signal number out of range.");
            return;
        }
        if (!unit.Type.Has(UnitCaps.HasCgroup) && !unit.Type.Has(UnitCaps.HasKill))
        {
            call.Error(BusErrors.NotSupported, "Operation not supported");   // targets, timers
            return;
        }
        bool fail = whom.EndsWith("-fail", StringComparison.Ordinal);
        string who = whom.Length == 0 ? "all" : fail ? whom[..^5] : whom;
        if (who == "main" && !Check(call, unit, unit.MainProcess, unit.Type.Kind == UnitKind.Service, "main")) { return; }
        if (who == "control" && !Check(call, unit, unit.ControlProcess, unit.Type.Has(UnitCaps.HasExec), "control")) { return; }
        var sent = new Sending();
        if (who is "control" or "all") { Send(unit, "control ", unit.ControlProcess, signal, value, ref sent); }
        if (who is "main" or "all") { Send(unit, "main ", unit.MainProcess, signal, value, ref sent); }
        if (who == "all")
        {
            foreach (int pid in unit.Manager.Cgroups.Pids(unit))
            {
                if (pid != unit.MainProcess && pid != unit.ControlProcess) { Send(unit, "", pid, signal, value, ref sent); }
            }
        }
        if (sent.Failure is { } failure) { call.Error(StandardErrors.NameOf(sent.Error), failure); }
        else if (!sent.ToAny && fail) { call.Error(BusError.NoSuchProcess, "No matching processes to kill"); }
    }

    /// <summary>What became of the signals of one call: the first failure is the caller's answer.</summary>
    private struct Sending
    {
        public bool ToAny;
        public string? Failure;
        public Errno Error;
    }

    private static bool Check(MethodCall call, Unit unit, int pid, bool hasRole, string role)
    {
        if (pid > 0) { return true; }
        call.Error(BusError.NoSuchProcess, hasRole ? $"No {role} process to kill" : $"{unit.Type.Kind.Word()} units have no {role} processes");
        return false;
    }

    // The signal alone: a SIGCONT behind it, as stopping sends, would undo a SIGSTOP.
    private static void Send(Unit unit, string role, int pid, int signal, int? value, ref Sending sent)
    {
        if (pid <= 1) { return; }
        string name = ProcStat.Name(pid);
        int result = value is { } carried ? LibC.sigqueue(pid, signal, carried) : LibC.kill(pid, signal);
        Errno error = result != 0 ? Errno.Last : Errno.None;
        if (!error.Failed)
        {
            sent.ToAny = true;
            Log.Info(unit, $"{(role.Length > 0 ? "Sent" : "Sending")} signal SIG{SignalText.Name(signal)} to {role}process {pid} ({name}) on client request.");
        }
        else if (error != Errno.ESRCH)
        {
            string failure = $"Failed to send signal SIG{SignalText.Name(signal)} to {role}process {pid}: {error}";
            Log.Warning(unit, $"{failure}");
            if (sent.Failure is null) { (sent.Failure, sent.Error) = (failure, error); }
        }
    }
}
