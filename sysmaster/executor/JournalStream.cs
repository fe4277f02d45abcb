using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// Output to journald: a stream whose first seven lines say whose it is (identifier, unit, priority, whether "&lt;N&gt;" prefixes are read,
/// forward to syslog, kmsg, console). Connected under the unit's user, so that the journal's _UID is right from the first line.
/// </summary>
internal static unsafe class JournalStream
{
    public static Result<int> Connect(Setup s, ExecStreamKind kind)
    {
        ExecRequest r = s.Request;
        bool asUser = s.Uid is not (ExecRequest.NoId or 0) && s.ChangeUser;
        uint gid = s.Gid == ExecRequest.NoId ? 0 : s.Gid;
        if (asUser && (LibC.setresgid(ExecRequest.NoId, gid, ExecRequest.NoId) < 0 || LibC.setresuid(ExecRequest.NoId, s.Uid, ExecRequest.NoId) < 0))
        {
            return Errno.Last;
        }
        Result<int> stream = UnixSocket.Connect(r.JournalSocket.IsEmpty ? new ByteText("/run/systemd/journal/stdout"u8) : r.JournalSocket);
        if (asUser)
        {
            if (LibC.setresuid(ExecRequest.NoId, 0, ExecRequest.NoId) < 0 || LibC.setresgid(ExecRequest.NoId, 0, ExecRequest.NoId) < 0)
            {
                Report.Fail(ExecStatus.User, Errno.Last, "taking back rights"u8);
            }
        }
        if (stream.Failed) { return stream; }
        _ = LibC.shutdown(stream.Value, LibC.SHUT_RD);
        int size = 8 << 20;
        _ = LibC.setsockopt(stream.Value, LibC.SOL_SOCKET, LibC.SO_SNDBUF, &size, sizeof(int));
        Errno error = Sys.WriteAll(new Fd(stream.Value), Header(r, kind));
        if (!error.Failed) { return stream; }
        _ = LibC.close(stream.Value);
        return error;
    }

    private static byte[] Header(ExecRequest r, ExecStreamKind kind)
    {
        bool kmsg = r.ForwardToKmsg || kind is ExecStreamKind.Kmsg or ExecStreamKind.KmsgAndConsole;
        bool console = r.ForwardToConsole || kind is ExecStreamKind.JournalAndConsole or ExecStreamKind.KmsgAndConsole;
        ReadOnlySpan<byte> identifier = r.SyslogIdentifier.IsEmpty ? Paths.Name(r.Path) : r.SyslogIdentifier.Span;
        var head = new List<byte>(128);
        head.AddRange(identifier);
        head.Add((byte)'\n');
        head.AddRange(r.Unit.Span);
        head.Add((byte)'\n');
        head.AddRange(Identity.Number((ulong)r.SyslogPriority).Span);
        foreach (bool flag in (ReadOnlySpan<bool>)[r.SyslogLevelPrefix, r.ForwardToSyslog, kmsg, console])
        {
            head.Add((byte)'\n');
            head.Add(flag ? (byte)'1' : (byte)'0');
        }
        head.Add((byte)'\n');
        return [.. head];
    }
}
