using System.Text;

namespace SysMaster.Core.Logging;

/// <summary>
/// The fields of a record in journald's native protocol: NAME=value, one a line; a value with a line end in it goes as NAME, newline,
/// its length in 64 bits little endian, the bytes, newline. https://systemd.io/JOURNAL_NATIVE_PROTOCOL
/// </summary>
internal sealed class JournalFields(string identifier, bool userManager, int tid)
{
    private readonly byte[] _constant = Encoding.UTF8.GetBytes($"SYSLOG_FACILITY=3\nSYSLOG_IDENTIFIER={identifier}\nTID={tid}\n");
    private readonly byte[] _unit = userManager ? "USER_UNIT="u8.ToArray() : "UNIT="u8.ToArray();
    private readonly byte[] _invocation = userManager ? "USER_INVOCATION_ID="u8.ToArray() : "INVOCATION_ID="u8.ToArray();

    public void Write(LogBuffer to, LogLevel level, scoped in LogContext context, in CodeLocation where)
    {
        to.Append("PRIORITY="u8);
        to.Append((byte)('0' + (int)level));
        to.Append((byte)'\n');
        to.Append(_constant);
        Location(to, where);
        if (context.Subject is { } subject)
        {
            Line(to, _unit, subject.UnitName);
            Line(to, _invocation, subject.InvocationId);
        }
        Line(to, "MESSAGE_ID="u8, context.MessageId);
        Job(to, context);
        Line(to, "CONFIG_FILE="u8, context.ConfigFile);
        Number(to, "CONFIG_LINE="u8, context.ConfigLine);
        Number(to, "ERRNO="u8, context.Error.Value);
        foreach (ref readonly LogField field in context.Fields)
        {
            Any(to, field);
        }
    }

    private static void Location(LogBuffer to, in CodeLocation where)
    {
        to.Append("CODE_FILE="u8);
        to.Append(where.File);
        to.Append("\nCODE_LINE="u8);
        to.Append(where.Line);
        to.Append("\nCODE_FUNC="u8);
        to.Append(where.Function);
        to.Append((byte)'\n');
    }

    private static void Job(LogBuffer to, scoped in LogContext context)
    {
        Number(to, "JOB_ID="u8, context.JobId);
        Line(to, "JOB_TYPE="u8, context.JobType);
        Line(to, "JOB_RESULT="u8, context.JobResult);
    }

    private static void Number(LogBuffer to, ReadOnlySpan<byte> name, long value)
    {
        if (value == 0) { return; }
        to.Append(name);
        to.Append(value);
        to.Append((byte)'\n');
    }

    private static void Line(LogBuffer to, ReadOnlySpan<byte> name, string? value)
    {
        if (value is null) { return; }
        to.Append(name);
        to.Append(value);
        to.Append((byte)'\n');
    }

    private static void Any(LogBuffer to, in LogField field)
    {
        to.Append(field.Name);
        if (field.Value.Contains('\n'))
        {
            to.Append((byte)'\n');
            to.AppendLe64((ulong)Encoding.UTF8.GetByteCount(field.Value));
        }
        else
        {
            to.Append((byte)'=');
        }
        to.Append(field.Value);
        to.Append((byte)'\n');
    }
}
