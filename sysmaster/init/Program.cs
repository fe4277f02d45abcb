using SysMaster.Linux;
using SysMaster.Spawn.Init;

namespace SysMaster.Init;

/// <summary>
/// PID 1, in two executions. The kernel's (or the initrd's) finds signals open while the runtime already has two threads, and a signal that
/// hits the second one is lost; so it blocks them and executes itself. The second sets up, or finds the table of an init that had a fault
/// or was upgraded and goes on from there.
/// </summary>
internal static unsafe class Program
{
    private const long FaultWindowUsec = 60_000_000;
    private const int FaultsToShell = 20;
    private const int FaultsToFreeze = 40;
    private const int NoCore = 100;

    private static int Main()
    {
        if (LibC.getpid() != 1) { return BecomeTelinit(); }
        if (!StateTable.IsThere()) { _ = LibC.syscall(LibC.SYS_close_range, 3, int.MaxValue); }   // an initrd's leftovers
        EarlyBoot.SetName();
        EarlyBoot.MountProc();
        Words argv = Words.FromProc("/proc/self/cmdline"u8);
        Words environment = Words.FromProc("/proc/self/environ"u8);
        byte* self = OwnPath(argv);
        if (!IsMasked())
        {
            _ = LibC.SetSignalMask(LibC.SIG_SETMASK, Numbers.BlockedMask);
            _ = LibC.execve(self, argv.Vector, environment.Vector);
            Log.Fail(Log.Error, "cannot execute itself, signals may get lost"u8, default, Errno.Last);
        }
        bool container = environment.HasVariable("container="u8);
        Log.ToConsole = container;
        StateTable? table = StateTable.OpenOrNull(out bool resumed);
        if (table is null) { Freeze("cannot make the state table"u8); }
        if (!FaultHandler.Install(&table.State->Faults, self, argv.Vector, environment.Vector))
        {
            Log.Say(Log.Warning, "no fault handler: executable memory is refused"u8);
        }
        if (resumed) { CountFaults(table.State); }
        else
        {
            EarlyBoot.Setup(container);
            if (argv.Contains("--switched-root"u8)) { table.State->Flags |= StartFlags.SwitchedRoot; }
        }
        new Supervisor(table, argv, environment, self).Run();
        return 1;
    }

    private static bool IsMasked()
    {
        ulong mask = 0;
        _ = LibC.syscall(LibC.SYS_rt_sigprocmask, LibC.SIG_BLOCK, 0, (nint)(&mask), sizeof(ulong));
        return (mask & Numbers.BlockedMask) == (Numbers.BlockedMask & ~(1UL << 8 | 1UL << 18));   // the kernel drops KILL and STOP
    }

    /// <summary>Not /proc/self/exe: after an upgrade that is the old file.</summary>
    private static byte* OwnPath(Words argv)
    {
        const int X_OK = 1;
        var installed = new Words();
        installed.Add(((ByteText)InitProtocol.InitPath).Span);
        bool useInstalled = LibC.faccessat(LibC.AT_FDCWD, installed.Vector[0], X_OK, 0) == 0 || argv.Count == 0;
        return useInstalled ? installed.Vector[0] : argv.Vector[0];
    }

    private static void CountFaults(InitState* state)
    {
        if (state->Faults == state->FaultsSeen) { return; }   // an upgrade, no fault
        timespec now;
        _ = LibC.clock_gettime(LibC.CLOCK_MONOTONIC, &now);
        long usec = now.tv_sec * 1_000_000;
        if (usec - state->FaultWindow > FaultWindowUsec)
        {
            state->FaultWindow = usec;
            state->Faults = 1;
        }
        state->FaultsSeen = state->Faults;
        state->Flags |= StartFlags.InitRecovered;
        Log.Say(Log.Error, "had a fault and goes on over its saved state, faults in this minute: "u8, state->Faults);
        if (state->Faults > FaultsToFreeze) { Freeze("too many faults"u8); }
        if (state->Faults > FaultsToShell) { state->Failures = NoCore; }
    }

    /// <summary>`init 6` and `telinit` by those who still type it: systemctl knows what is meant by its argv[0].</summary>
    private static int BecomeTelinit()
    {
        Words argv = Words.FromProc("/proc/self/cmdline"u8);
        Words environment = Words.FromProc("/proc/self/environ"u8);
        fixed (byte* systemctl = "/usr/bin/systemctl"u8) { _ = LibC.execve(systemctl, argv.Vector, environment.Vector); }
        return 1;
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    private static void Freeze(ReadOnlySpan<byte> why)
    {
        Log.Say(Log.Error, why);
        Log.Say(Log.Error, "frozen"u8);
        timespec day = new() { tv_sec = 86_400 };
        while (true) { _ = LibC.syscall(LibC.IsArm64 ? 101 : 35, (nint)(&day), 0); }   // nanosleep
    }
}
