using System.Text;
using SysMaster.Linux;

namespace SysMaster.Core.Logging;

/// <summary>
/// The kernel's log: one write(2) is one record, "&lt;30&gt;systemd[1]: text" with facility daemon. Bounded to 200 records in 5 seconds, as
/// systemd bounds itself, so that a loop of ours cannot push the kernel's own words out of its buffer.
/// </summary>
internal sealed class KmsgSink : ILogSink, IDisposable
{
    /// <summary>The kernel refuses more in one write (LOG_LINE_MAX with its prefix).</summary>
    private const int LineMax = 900;

    private const int Facility = 3 << 3;
    private readonly OwnedFd _fd;
    private readonly byte[] _tag;
    private readonly LogBuffer _line = new();
    private readonly LogRate _rate;

    private KmsgSink(OwnedFd fd, string identifier, int pid, LogRate rate)
    {
        _fd = fd;
        _tag = Encoding.UTF8.GetBytes($">{identifier}[{pid}]: ");
        _rate = rate;
    }

    /// <summary>systemd.log_ratelimit_kmsg=.</summary>
    public bool RateLimited { get; set; } = true;

    public static KmsgSink? OpenOrNull(string path, string identifier, int pid)
    {
        Result<OwnedFd> open = Sys.Open(new ByteText(path), LibC.O_WRONLY | LibC.O_NOCTTY | LibC.O_NONBLOCK);
        return open.Failed ? null : new KmsgSink(open.Value, identifier, pid, new LogRate(200, new Usec(5 * Usec.PerSec)));
    }

    public Errno Write(in LogRecord record)
    {
        if (RateLimited && !_rate.Take()) { return Errno.None; }
        _line.Clear();
        _line.Append((byte)'<');
        _line.Append(Facility | (int)record.Level);
        _line.Append(_tag);
        _line.Append(record.Text);
        if (_line.Length > LineMax) { _line.Truncate(LineMax); }
        _line.Append((byte)'\n');
        Result<int> n = Sys.Write(_fd.Fd, _line.Span);
        return n.Error;
    }

    public void Dispose() => _fd.Dispose();
}
