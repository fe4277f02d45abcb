using SysMaster.Linux;
using SysMaster.Spawn.Init;
using SysMaster.Spawn.Pid1;

namespace SysMaster.Shutdown;

/// <summary>
/// The life after: from an initrd into the root it has mounted, or a new userspace under the running kernel. An init of ours finds the state
/// table and what was kept under their numbers and goes on from them; any other program gets none of our descriptors.
/// </summary>
internal static unsafe class NextInit
{
    private const int SIGTERM = 15;
    private const int SIGKILL = 9;
    private const int X_OK = 1;
    private const uint CLOSE_RANGE_CLOEXEC = 4;

    /// <summary>Returns only when there is no way on and none back: then the machine goes down.</summary>
    public static void Become(in Options options, Words argv, Words environment)
    {
        bool soft = options.Verb == Verb.SoftReboot;
        if (soft)
        {
            Log.Say(Log.Info, "Sending SIGTERM to remaining processes..."u8);
            _ = Processes.Broadcast(SIGTERM, options.TimeoutUsec);
            Log.Say(Log.Info, "Sending SIGKILL to remaining processes..."u8);
            _ = Processes.Broadcast(SIGKILL, options.TimeoutUsec);
        }
        else { _ = Processes.Broadcast(SIGTERM, timeoutUsec: 0); }   // the next manager sees their ends

        if (!options.Root.IsEmpty && !options.Root.Span.SequenceEqual("/"u8))
        {
            Log.Say(Log.Info, "Switching root to "u8, options.Root.Span, "."u8);
            Errno e = NewRoot.Enter(options.Root, keepMounts: soft);
            if (e.Failed)
            {
                Log.Fail(Log.Error, "Failed to switch root, going on with this one: "u8, options.Root.Span, e);
                if (!soft) { GoBack(environment); }
            }
        }
        if (!options.Init.IsEmpty) { Try(options.Init.Span, argv, options.Rest, environment); }
        if (soft) { Try(Ours, argv, options.Rest, environment); }   // the manager that runs, wherever /sbin/init leads
        Try("/sbin/init"u8, argv, options.Rest, environment);
        Try("/etc/init"u8, argv, options.Rest, environment);
        Try("/bin/init"u8, argv, options.Rest, environment);
        Try("/bin/sh"u8, argv, rest: 0, environment);
        Log.Say(Log.Error, "No init can be executed in the new root."u8);
    }

    /// <summary>The manager that wanted to go still has its units: it goes on with them.</summary>
    private static void GoBack(Words environment)
    {
        Words back = Words.Of(Ours);
        back.Add("--not-switched"u8);
        _ = LibC.execve(back.Vector[0], back.Vector, environment.Vector);
    }

    private static ReadOnlySpan<byte> Ours => "/usr/lib/sysmaster/init"u8;

    /// <summary>A manager, ours or systemd's, is told that it does not start from nothing; others just get the kernel's words.</summary>
    private static void Try(ReadOnlySpan<byte> path, Words argv, int rest, Words environment)
    {
        Words words = Words.Of(path);
        if (LibC.faccessat(LibC.AT_FDCWD, words.Vector[0], X_OK, 0) != 0) { return; }
        ReadOnlySpan<byte> real = Resolve(path).Span;
        bool ours = real.SequenceEqual(Ours);
        if (ours || real.EndsWith("/systemd/systemd"u8))
        {
            words.Add("--switched-root"u8);
            words.Add("--system"u8);
        }
        for (int i = rest; rest > 0 && i < argv.Count; i++) { words.Add(argv[i]); }
        if (!ours)
        {
            _ = LibC.syscall(LibC.SYS_close_range, 3, int.MaxValue, (nint)CLOSE_RANGE_CLOEXEC);
            Signals.Reset();
        }
        _ = LibC.execve(words.Vector[0], words.Vector, environment.Vector);
        Log.Fail(Log.Error, "Failed to execute "u8, path, Errno.Last);
        Signals.Block();
    }

    /// <summary>Where links lead to.</summary>
    private static ByteText Resolve(ReadOnlySpan<byte> path)
    {
        const int O_PATH = 0x200000;
        Result<OwnedFd> open = Sys.Open(new ByteText(path), O_PATH);
        if (open.Failed) { return path; }
        using OwnedFd fd = open.Value;
        Span<byte> number = stackalloc byte[16];
        _ = System.Buffers.Text.Utf8Formatter.TryFormat(fd.Value, number, out int n);
        Result<ByteText> real = Sys.ReadLink(Folder.Join("/proc/self/fd/"u8, number[..n]));
        return real.Failed ? path : real.Value;
    }
}
