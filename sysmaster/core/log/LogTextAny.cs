using System.Runtime.CompilerServices;

namespace SysMaster.Core.Logging;

/// <summary>The text of <c>Log.Write(level, context, $"…")</c>, whose level is known at run time. See <see cref="LogText{TLevel}"/>.</summary>
[InterpolatedStringHandler]
public readonly ref struct LogTextAny
{
    private readonly LogBuffer? _buffer;

    public LogTextAny(int literalLength, int formattedCount, LogLevel level, scoped LogContext context, out bool enabled)
    {
        _ = literalLength + formattedCount;
        enabled = Log.IsEnabled(level, context.Subject);
        _buffer = enabled ? Log.RentBuffer() : null;
        if (enabled && context.Subject is not null && !context.NoPrefix && context.ConfigFile is null)
        {
            _buffer!.Append(context.Subject.UnitName);
            _buffer.Append(": "u8);
        }
        if (enabled && context.ConfigFile is not null)
        {
            ConfigPrefix(context);
        }
    }

    internal LogBuffer? Buffer => _buffer;

    public void AppendLiteral(string text) => _buffer!.Append(text);

    public void AppendFormatted(string? text) => _buffer!.Append(text);

    public void AppendFormatted(scoped ReadOnlySpan<byte> utf8) => _buffer!.Append(utf8);

    public void AppendFormatted(scoped ReadOnlySpan<char> text) => _buffer!.Append(text);

    public void AppendFormatted<T>(T value) => LogTextWriter.Value(_buffer!, value, default);

    public void AppendFormatted<T>(T value, string? format) => LogTextWriter.Value(_buffer!, value, format);

    /// <summary>"/etc/systemd/system/x.service:12: ", as every complaint about a file begins.</summary>
    private void ConfigPrefix(scoped LogContext context)
    {
        _buffer!.Append(context.ConfigFile);
        if (context.ConfigLine > 0)
        {
            _buffer.Append(":"u8);
            _buffer.Append(context.ConfigLine);
        }
        _buffer.Append(": "u8);
    }
}
