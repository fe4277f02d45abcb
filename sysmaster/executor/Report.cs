using System.Diagnostics.CodeAnalysis;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// What the child tells the core. A step that fails ends the process right there: there is nothing to unwind, the kernel takes all back.
/// </summary>
internal static unsafe class Report
{
    private static int s_socket = -1;

    public static void Use(int socket) => s_socket = socket;

    public static int Socket => s_socket;

    /// <summary>Tells the core why, then exits with the status.</summary>
    /// <param name="status">The exit status that names the step, man 5 systemd.exec.</param>
    /// <param name="error">The error number.</param>
    /// <param name="what">For the log: a whole phrase (it starts with a capital letter), or the path, label or thing that <see cref="StepText"/> speaks of.</param>
    [DoesNotReturn]
    public static void Fail(ExecStatus status, Errno error, ByteText what)
    {
        if (what.Length > 0 && what.Span[0] is >= (byte)'A' and <= (byte)'Z') { Send(ExecReport.Failed, (int)status, error.Value, what.Span); }
        else
        {
            ReadOnlySpan<byte> separator = StepText.Separator(status);
            ReadOnlySpan<byte> subject = separator.IsEmpty ? default : what.Span;
            Send(ExecReport.Failed, (int)status, error.Value, [.. StepText.Of(status), .. subject.IsEmpty ? default : separator, .. subject]);
        }
        Exit((int)status);
    }

    /// <summary>"-" and there is no such program: that is success, and worth a line.</summary>
    [DoesNotReturn]
    public static void Skip(Errno error, ByteText program)
    {
        Send(ExecReport.Failed, 0, error.Value, [.. "Executable "u8, .. program.Span, .. " missing, skipping"u8]);
        Exit(0);
    }

    [DoesNotReturn]
    public static void Fail(ExecStatus status, Errno error, ReadOnlySpan<byte> what, ByteText subject)
    {
        Span<byte> text = stackalloc byte[400];
        what.CopyTo(text);
        text[what.Length] = (byte)' ';
        ReadOnlySpan<byte> tail = subject.Span[..Math.Min(subject.Length, text.Length - what.Length - 1)];
        tail.CopyTo(text[(what.Length + 1)..]);
        Send(ExecReport.Failed, (int)status, error.Value, text[..(what.Length + 1 + tail.Length)]);
        Exit((int)status);
    }

    public static void Hot() => Send(ExecReport.Hot, 0, 0, default);

    [DoesNotReturn]
    public static void Exit(int status)
    {
        while (true) { LibC._exit(status); }
    }

    private static void Send(int kind, int status, int errno, ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, 400)];
        byte* buffer = stackalloc byte[sizeof(ExecReport) + text.Length];
        *(ExecReport*)buffer = new ExecReport { Kind = kind, ExitStatus = status, Errno = errno, TextLength = text.Length };
        text.CopyTo(new Span<byte>(buffer + sizeof(ExecReport), text.Length));
        _ = LibC.sendto(s_socket, buffer, (nuint)(sizeof(ExecReport) + text.Length), LibC.MSG_NOSIGNAL, null, 0);
    }
}
