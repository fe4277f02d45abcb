using System.Buffers.Text;
using SysMaster.Linux;

namespace SysMaster.Spawn.Pid1;

/// <summary>One line to /dev/kmsg, in containers to /dev/console, from PID 1; of a user's manager to standard error. The line is built in a buffer made at start; nothing is kept open.</summary>
public static class Log
{
    public const int Error = 3;
    public const int Warning = 4;
    public const int Info = 6;

    private static readonly byte[] s_line = GC.AllocateArray<byte>(512, pinned: true);
    private static int s_used;

    /// <summary>Where it goes; on the console without priority and sender, as a person reads it there.</summary>
    public static bool ToConsole { get; set; }

    /// <summary>To descriptor 2, with the priority that journald reads there, whatever <see cref="ToConsole"/> says.</summary>
    public static bool ToStandardError { get; set; }

    /// <summary>Lines of a higher number are left out.</summary>
    public static int MaxLevel { get; set; } = Info;

    /// <summary>Who speaks, with the colon and blank after it.</summary>
    public static byte[] Sender { get; set; } = "systemd[1]: init: "u8.ToArray();

    public static void Say(int level, ReadOnlySpan<byte> text) => Write(level, text, default, default, null, null);

    public static void Say(int level, ReadOnlySpan<byte> text, long number) => Write(level, text, default, default, number, null);

    public static void Say(int level, ReadOnlySpan<byte> text, long number, ReadOnlySpan<byte> then, long second) =>
        Write(level, text, default, then, number, second);

    /// <summary>Text, subject, text.</summary>
    public static void Say(int level, ReadOnlySpan<byte> text, ReadOnlySpan<byte> subject, ReadOnlySpan<byte> then) =>
        Write(level, text, subject, then, null, null);

    /// <summary>"TEXT SUBJECT: errno N".</summary>
    public static void Fail(int level, ReadOnlySpan<byte> text, ReadOnlySpan<byte> subject, Errno error) =>
        Write(level, text, subject, ": errno "u8, null, error.Value);

    private static unsafe void Write(int level, ReadOnlySpan<byte> text, ReadOnlySpan<byte> subject, ReadOnlySpan<byte> then,
        long? first, long? second)
    {
        if (level > MaxLevel) { return; }
        s_used = 0;
        if (ToStandardError || !ToConsole)
        {
            Add("<"u8);
            Add(ToStandardError ? level : 24 + level);   // LOG_DAEMON; journald's streams know levels alone
            Add(">"u8);
            if (!ToStandardError) { Add(Sender); }
        }
        Add(text);
        Add(subject);
        if (first is { } n) { Add(n); }
        Add(then);
        if (second is { } m) { Add(m); }
        Add("\n"u8);
        if (ToStandardError)
        {
            fixed (byte* line = s_line)
            {
                nint sent = LibC.sendto(2, line, (nuint)s_used, LibC.MSG_DONTWAIT | LibC.MSG_NOSIGNAL, null, 0);
                if (sent < 0 && Errno.Last == Errno.ENOTSOCK) { _ = LibC.write(2, line, (nuint)s_used); }
            }
            return;
        }
        ReadOnlySpan<byte> path = ToConsole ? "/dev/console"u8 : "/dev/kmsg"u8;
        fixed (byte* p = path, line = s_line)
        {
            int flags = LibC.O_WRONLY | LibC.O_APPEND | LibC.O_CLOEXEC | LibC.O_NOCTTY | LibC.O_NONBLOCK;
            int fd = LibC.openat(LibC.AT_FDCWD, p, flags, 0);
            if (fd < 0) { return; }
            _ = LibC.write(fd, line, (nuint)s_used);
            _ = LibC.close(fd);
        }
    }

    private static void Add(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, s_line.Length - s_used)];
        text.CopyTo(s_line.AsSpan(s_used));
        s_used += text.Length;
    }

    private static void Add(long number)
    {
        if (Utf8Formatter.TryFormat(number, s_line.AsSpan(s_used), out int n)) { s_used += n; }
    }
}
