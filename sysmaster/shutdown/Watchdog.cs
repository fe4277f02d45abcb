using System.Buffers.Text;
using SysMaster.Linux;
using SysMaster.Spawn.Pid1;

namespace SysMaster.Shutdown;

/// <summary>
/// A shutdown that hangs for good ends by the machine's watchdog: RebootWatchdogSec=, given as $WATCHDOG_USEC with $WATCHDOG_DEVICE by the
/// manager. Pinged while there is progress; what comes after the last ping has the timeout to be over.
/// </summary>
internal static unsafe class Watchdog
{
    private const uint WDIOC_KEEPALIVE = 0x80045705;
    private const uint WDIOC_SETTIMEOUT = 0xC0045706;
    private static int s_device = -1;

    public static void Open(Words environment)
    {
        ReadOnlySpan<byte> usec = Value(environment, "WATCHDOG_USEC="u8), path = Value(environment, "WATCHDOG_DEVICE="u8);
        if (!Utf8Parser.TryParse(usec, out long timeout, out int n) || n != usec.Length || timeout <= 0) { return; }
        if (path.IsEmpty) { path = Sys.Exists("/dev/watchdog0"u8) ? "/dev/watchdog0"u8 : "/dev/watchdog"u8; }
        Result<OwnedFd> open = Sys.Open(path, LibC.O_WRONLY | LibC.O_NOCTTY);
        if (open.Failed) { return; }   // most machines have none
        s_device = open.Value.Take();
        int seconds = (int)Math.Min((timeout + 999_999) / 1_000_000, int.MaxValue);
        if (LibC.ioctl(s_device, WDIOC_SETTIMEOUT, (nint)(&seconds)) < 0) { Log.Fail(Log.Warning, "Failed to set the timeout of "u8, path, Errno.Last); }
        Log.Say(Log.Info, "Watchdog running with a timeout of seconds: "u8, seconds);
        Ping();
    }

    public static void Ping()
    {
        if (s_device >= 0) { _ = LibC.ioctl(s_device, WDIOC_KEEPALIVE, 0); }
    }

    private static ReadOnlySpan<byte> Value(Words environment, ReadOnlySpan<byte> nameAndEquals)
    {
        for (int i = 0; i < environment.Count; i++)
        {
            if (environment[i].StartsWith(nameAndEquals)) { return environment[i][nameAndEquals.Length..]; }
        }
        return default;
    }
}
