using SysMaster.Linux;
using SysMaster.Spawn.Pid1;

namespace SysMaster.Shutdown;

/// <summary>The programs of /usr/lib/systemd/system-shutdown/, all at once, each with the verb as its argument, with a bound on all of them.</summary>
internal static unsafe class Hooks
{
    private const long TimeoutUsec = 90_000_000;
    private const int X_OK = 1;

    public static void Run(ReadOnlySpan<byte> verb, Words environment)
    {
        int running = 0;
        foreach (ByteText name in Folder.Names((ByteText)"/usr/lib/systemd/system-shutdown"))
        {
            ByteText path = Folder.Join("/usr/lib/systemd/system-shutdown/"u8, name.Span);
            fixed (byte* p = path.CString)
            {
                if (LibC.faccessat(LibC.AT_FDCWD, p, X_OK, 0) != 0) { continue; }
            }
            Words argv = Words.Of(path.Span);
            argv.Add(verb);
            if (new Child(argv, environment, mask: 0, onConsole: false).Start() != 0) { running++; }
        }
        long end = Clock.Now() + TimeoutUsec;
        while (running > 0 && Clock.Now() < end)
        {
            siginfo_t info = default;
            if (LibC.waitid(LibC.P_ALL, 0, &info, LibC.WEXITED | LibC.WNOHANG) != 0) { return; }
            if (info.si_pid != 0) { running--; }
            else { Clock.Sleep(10); }
        }
    }
}
