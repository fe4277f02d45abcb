using SysMaster.Linux;
using SysMaster.Spawn.Pid1;

namespace SysMaster.Shutdown;

/// <summary>
/// PID 1 on its last way. Nothing here gives up: what fails is said and the next step taken, and at the end stands reboot(2). A fault
/// executes the program once more, with a word on its command line that says so; the second fault is the kernel's.
/// </summary>
internal static unsafe class Program
{
    private const int SIGTERM = 15;
    private const int SIGKILL = 9;
    private const int MaxRounds = 64;
    private static readonly int SYS_mlockall = LibC.IsArm64 ? 230 : 151;

    private static int Main()
    {
        Words argv = Words.FromProc("/proc/self/cmdline"u8);
        Words environment = Words.FromProc("/proc/self/environ"u8);
        Options options = Options.Parse(argv);
        bool container = environment.HasVariable("container="u8);
        Log.Sender = options.Verb is Verb.SwitchRoot or Verb.SoftReboot ? "systemd[1]: "u8.ToArray() : "systemd-shutdown[1]: "u8.ToArray();
        Log.ToConsole = options.Console || container;
        Log.MaxLevel = options.LogLevel;
        if (LibC.getpid() != 1 || options.Verb == Verb.None)
        {
            Log.Say(Log.Error, "Not executed by init (PID 1), or without a verb."u8);
            return 1;
        }
        if (argv.Contains("--after-fault"u8)) { Log.Say(Log.Error, "A fault; trying once more."u8); }
        else { GuardAgainstFaults(argv, environment); }

        if (options.Verb is Verb.SwitchRoot or Verb.SoftReboot) { NextInit.Become(options, argv, environment); }
        Watchdog.Open(environment);
        Log.Say(Log.Info, "Syncing filesystems and block devices."u8);
        Bounded.Sync();
        const int current = 1, future = 2;
        _ = LibC.syscall(SYS_mlockall, current | future);   // what is unmounted below may hold our own pages
        _ = Sys.WriteFile((ByteText)"/proc/sys/fs/binfmt_misc/status", "-1"u8);   // interpreters keep files open

        Log.Say(Log.Info, "Sending SIGTERM to remaining processes..."u8);
        Processes.Broadcast(SIGTERM, options.TimeoutUsec);
        Log.Say(Log.Info, "Sending SIGKILL to remaining processes..."u8);
        Processes.Broadcast(SIGKILL, options.TimeoutUsec);

        if (!container) { Detach(); }
        Hooks.Run(options.VerbName, environment);
        if (!container) { Initramfs.Enter(argv, environment); }
        Log.Say(Log.Info, "Syncing filesystems and block devices."u8);
        Bounded.Sync();
        return End(options, container);
    }

    private static void GuardAgainstFaults(Words argv, Words environment)
    {
        var again = new Words();
        for (int i = 0; i < argv.Count; i++) { again.Add(argv[i]); }
        again.Add("--after-fault"u8);
        int* count = (int*)System.Runtime.InteropServices.NativeMemory.AllocZeroed(sizeof(int));
        _ = FaultHandler.Install(count, again.Vector[0], again.Vector, environment.Vector);
    }

    /// <summary>Round after round, since each may be what the other waits for: a loop device on a file system, swap on a mapping.</summary>
    private static void Detach()
    {
        Span<bool> left = [true, true, true, true, true];
        for (int round = 0; round < MaxRounds && left.Contains(true); round++)
        {
            bool changed = false;
            Watchdog.Ping();
            changed |= Step(ref left[0], "Unmounting file systems."u8, "All filesystems unmounted."u8, static () => FileSystems.Unmount(lastTry: false));
            changed |= Step(ref left[1], "Deactivating swaps."u8, "All swaps deactivated."u8, Devices.Swaps);
            changed |= Step(ref left[2], "Detaching loop devices."u8, "All loop devices detached."u8, Devices.Loops);
            changed |= Step(ref left[3], "Stopping MD devices."u8, "All MD devices stopped."u8, Devices.Arrays);
            changed |= Step(ref left[4], "Detaching DM devices."u8, "All DM devices detached."u8, Devices.Mappings);
            if (!changed) { break; }
        }
        if (left[0]) { left[0] = FileSystems.Unmount(lastTry: true).Left; }
        bool all = !left.Contains(true);
        if (all) { Log.Say(Log.Info, "All filesystems, swaps, loop devices, MD devices and DM devices detached."u8); }
        else { Log.Say(Log.Error, "Not all file systems, swaps, loop devices, MD devices and DM devices could be detached."u8); }
    }

    private static bool Step(ref bool left, ReadOnlySpan<byte> begin, ReadOnlySpan<byte> done, Func<(bool Changed, bool Left)> step)
    {
        if (!left) { return false; }
        Log.Say(Log.Info, begin);
        (bool changed, left) = step();
        if (!left) { Log.Say(Log.Info, done); }
        return changed;
    }

    /// <summary>reboot(2); inside a PID namespace it ends PID 1 by SIGHUP (reboot) or SIGINT (the others), which container managers read.</summary>
    private static int End(Options options, bool container)
    {
        Errno e = Errno.None;
        switch (options.Verb)
        {
            case Verb.Exit when container:
                Log.Say(Log.Info, "Exiting container."u8);
                return options.ExitCode;
            case Verb.Reboot:
                e = Restart();
                break;
            case Verb.Halt:
                Log.Say(Log.Info, "Halting system."u8);
                e = LibC.Reboot(LibC.RB_HALT_SYSTEM);
                break;
            case Verb.Kexec:
                Log.Say(Log.Info, "Rebooting with kexec."u8);
                e = LibC.Reboot(LibC.RB_KEXEC);
                Log.Say(Log.Error, "Failed to kexec, rebooting."u8);
                e = Restart();
                break;
            default:
                Log.Say(Log.Info, "Powering off."u8);
                e = LibC.Reboot(LibC.RB_POWER_OFF);
                break;
        }
        if (container) { return options.ExitCode; }   // not allowed to: then ending is all it can do
        Log.Fail(Log.Error, "Failed to invoke "u8, "reboot()"u8, e);
        while (true) { Clock.Sleep(1_000_000_000); }
    }

    private static Errno Restart()
    {
        Result<byte[]> file = Sys.ReadFile((ByteText)"/run/systemd/reboot-param", 4096);
        ByteText argument = file.Failed ? default : new ByteText(file.Value.AsSpan().TrimEnd("\n \0"u8));
        if (!argument.IsEmpty)
        {
            Log.Say(Log.Info, "Rebooting with argument '"u8, argument.Span, "'."u8);
            fixed (byte* p = argument.CString) { _ = LibC.Reboot(LibC.LINUX_REBOOT_CMD_RESTART2, p); }
        }
        Log.Say(Log.Info, "Rebooting."u8);
        return LibC.Reboot(LibC.RB_AUTOBOOT);
    }
}
