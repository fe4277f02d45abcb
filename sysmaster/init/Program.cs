using System.Diagnostics.CodeAnalysis;

namespace SysMaster.Init;

/// <summary>
/// PID 1, or a user's manager's first process (`--user`), in two executions. The first finds signals open while the
/// runtime already has two threads, and one that hits the second is lost; so it blocks them and executes itself. The
/// second sets up; or it finds the table of an init that had a fault or was upgraded, and goes on from there.
/// </summary>
internal static unsafe class Program
{
    private const long FaultWindowUsec = 60_000_000;
    private const int FaultsToPrevious = 10;
    private const int FaultsToShell = 20;
    private const int FaultsToFreeze = 40;

    /// <summary>Parent of a user's manager and services (docs/decisions/0008): sets up no machine.</summary>
    public static bool IsUser { get; private set; }

    private static int Main()
    {
        if (LibC.getpid() == 1) { EarlyBoot.MountProc(); }
        Words argv = Words.FromProc("/proc/self/cmdline"u8);
        IsUser = LibC.getpid() != 1;
        if (IsUser && argv.Contains("--check-state"u8)) { return StateTable.IsReadable() ? 0 : 1; }
        if (IsUser && !argv.Contains("--user"u8)) { return BecomeOther(argv); }
        bool resumed = StateTable.IsThere();
        if (!resumed) { _ = LibC.syscall(LibC.SYS_close_range, 3, int.MaxValue); }   // what an initrd has left
        _ = Sys.WriteFile("/proc/self/comm"u8, "systemd"u8);   // what Ansible and others look for
        Words environment = Words.FromProc("/proc/self/environ"u8);
        byte* self = OwnPath();
        if (!Signals.AreBlocked())
        {
            Signals.Block();
            _ = LibC.execve(self, argv.Vector, environment.Vector);
            Log.Fail(Log.Error, "cannot execute itself, signals may get lost"u8, default, Errno.Last);
        }
        bool container = Log.ToConsole = environment.HasVariable("container="u8);
        Log.ToStandardError = IsUser;
        StateTable? table = StateTable.OpenOrNull();
        if (table is null) { Freeze("cannot make the state table"u8); }
        bool guarded = FaultHandler.Install(&table.State->Faults, self, argv.Vector, environment.Vector);
        if (!guarded) { Log.Say(Log.Warning, "no fault handler: executable memory is refused"u8); }
        if (resumed) { CountFaults(table.State, argv.Vector, environment.Vector); }
        if (IsUser && !resumed) { EarlyBoot.SetupUser(); }
        else if (!IsUser && (!resumed || argv.Contains("--switched-root"u8))) { EarlyBoot.Setup(container); }
        new Supervisor(table, argv, environment, self).Run();
        return 1;
    }

    /// <summary>The file that runs only where none is installed: after an upgrade that is the old one.</summary>
    private static byte* OwnPath()
    {
        Words installed = Words.Of("/usr/lib/sysmaster/init"u8);
        return Supervisor.IsProgram(installed.Vector[0]) ? installed.Vector[0] : Words.Of("/proc/self/exe"u8).Vector[0];
    }

    private static void CountFaults(InitState* state, byte** argv, byte** environment)
    {
        if (state->Faults == state->FaultsSeen) { return; }   // an upgrade, no fault
        long now = Clock.Now();
        if (now - state->FaultWindow > FaultWindowUsec)
        {
            state->FaultWindow = now;
            state->Faults = 1;
        }
        state->FaultsSeen = state->Faults;
        state->Flags |= StartFlags.InitRecovered;
        Log.Say(Log.Error, "had a fault and goes on over its saved state, faults in this minute: "u8, state->Faults);
        if (state->Faults > FaultsToFreeze) { Freeze("too many faults"u8); }
        Words previous = Words.Of("/usr/lib/sysmaster/previous/init"u8);
        if (state->Faults == FaultsToPrevious) { _ = LibC.execve(previous.Vector[0], argv, environment); }
        if (state->Faults > FaultsToShell) { state->Failures = Supervisor.FailuresToShell; }
    }

    /// <summary>`init 6`, `telinit`: systemctl knows by argv[0] what is meant. `systemd --version`: the core.</summary>
    private static int BecomeOther(Words argv)
    {
        bool init = argv.Count == 0 || argv[0].EndsWith("init"u8);
        Words path = Words.Of(init ? "/usr/bin/systemctl"u8 : "/usr/lib/sysmaster/sysmaster"u8);
        return LibC.execve(path.Vector[0], argv.Vector, Words.FromProc("/proc/self/environ"u8).Vector) + 2;
    }

    [DoesNotReturn]
    private static void Freeze(ReadOnlySpan<byte> why)
    {
        Log.Fail(Log.Error, "frozen: "u8, why, Errno.Last);
        if (IsUser) { Environment.Exit(1); }
        while (true) { Clock.Sleep(long.MaxValue / 1_000_000); }
    }
}
