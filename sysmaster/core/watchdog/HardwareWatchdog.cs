using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// Pings the watchdog device at half its timeout. Only where RuntimeWatchdogSec= asks for it: then, and only then, an idle manager wakes up.
/// Closing without the magic word leaves the device counting: what the next manager, or the last program, takes over.
/// </summary>
public sealed unsafe class HardwareWatchdog : IDeadlineObserver
{
    private const uint WDIOC_KEEPALIVE = 0x80045705;
    private const uint WDIOC_SETTIMEOUT = 0xC0045706;
    private const string Name = "watchdog";

    private readonly Manager _manager;
    private readonly Deadline _deadline;
    private OwnedFd? _device;
    private Usec _half;

    public HardwareWatchdog(Manager manager)
    {
        _manager = manager;
        _deadline = new Deadline(manager.Monotonic, this);
    }

    public DualTimestamp LastPing { get; private set; }

    /// <summary>In force from now on; zero, or infinity, disarms.</summary>
    /// <param name="kept">The device as an earlier manager left it to init.</param>
    public void Apply(OwnedFd? kept)
    {
        if (kept is not null)
        {
            _device = kept;
            _manager.OwnKept(Name);
        }
        Usec wanted = _manager.Settings.Get(ManagerDirectives.RuntimeWatchdogSec);
        if (wanted == Usec.Zero || wanted.IsInfinity)
        {
            Disarm();
            return;
        }
        if (_device is null && !Open()) { return; }
        int seconds = (int)Math.Clamp((wanted.Value + Usec.PerSec - 1) / Usec.PerSec, 1, int.MaxValue);
        if (LibC.ioctl(_device!.Value, WDIOC_SETTIMEOUT, (nint)(&seconds)) < 0) { Log.Warning($"The watchdog did not take a timeout of {seconds}s: {Errno.Last.ToString()}"); }
        // The driver may have rounded it: its answer is what counts.
        _half = new Usec((ulong)seconds * Usec.PerSec / 2);
        Log.Info($"Using the hardware watchdog with a timeout of {seconds}s.");
        Ping();
    }

    /// <summary>The machine goes down: the last program opens the device itself, or nobody is to need it any more.</summary>
    public void Leave(bool disarm)
    {
        if (disarm) { Disarm(); }
        _deadline.Disarm();
        _device?.Dispose();
        _device = null;
    }

    public void OnElapsed(Deadline timer) => Ping();

    private bool Open()
    {
        ByteText configured = _manager.Settings.Get(ManagerDirectives.WatchdogDevice);
        foreach (ByteText path in configured.IsEmpty ? ["/dev/watchdog0"u8, "/dev/watchdog"u8] : (ReadOnlySpan<ByteText>)[configured])
        {
            Result<OwnedFd> device = Sys.Open(path, LibC.O_WRONLY | LibC.O_NOCTTY);
            if (device.Failed)
            {
                if (device.Error != Errno.ENOENT || !configured.IsEmpty) { Log.Warning($"The watchdog {path.ToString()} cannot be opened: {device.Error.ToString()}"); }
                continue;
            }
            _device = device.Value;
            _manager.KeepFd(Name, _device.Fd);
            return true;
        }
        Log.Debug($"There is no watchdog device yet.");
        return false;
    }

    private void Ping()
    {
        if (_device is null) { return; }
        if (LibC.ioctl(_device.Value, WDIOC_KEEPALIVE, 0) < 0) { Log.Warning($"The watchdog could not be pinged: {Errno.Last.ToString()}"); }
        LastPing = DualTimestamp.Now();
        _deadline.ArmIn(_half);
    }

    /// <summary>The magic word makes closing mean stopping, where the driver allows that.</summary>
    private void Disarm()
    {
        _deadline.Disarm();
        if (_device is null) { return; }
        _ = Sys.Write(_device.Fd, "V"u8);
        _manager.DropFd(Name);
        _device.Dispose();
        _device = null;
    }
}
