using System.Runtime.CompilerServices;

namespace SysMaster.Core.Logging;

/// <summary>
/// The text of <c>Log.Info(unit, $"…")</c>: written as UTF-8 into a buffer that is used again. Nothing is evaluated or allocated when the
/// level is filtered. Values may be strings, ByteText, numbers, Errno (its text), or UTF-8 spans.
/// </summary>
[InterpolatedStringHandler]
public readonly ref struct LogText<TLevel>
    where TLevel : struct, ILogLevel
{
    private readonly LogBuffer? _buffer;

    public LogText(int literalLength, int formattedCount, out bool enabled)
    {
        _ = literalLength + formattedCount;
        enabled = Log.IsEnabled(TLevel.Level);
        _buffer = enabled ? Log.RentBuffer() : null;
    }

    public LogText(int literalLength, int formattedCount, ILogSubject? subject, out bool enabled)
    {
        _ = literalLength + formattedCount;
        enabled = Log.IsEnabled(TLevel.Level, subject);
        _buffer = enabled ? Log.RentBuffer() : null;
        if (enabled && subject is not null)
        {
            _buffer!.Append(subject.UnitName);
            _buffer.Append(": "u8);
        }
    }

    internal LogBuffer? Buffer => _buffer;

    public void AppendLiteral(string text) => _buffer!.Append(text);

    public void AppendFormatted(string? text) => _buffer!.Append(text);

    public void AppendFormatted(scoped ReadOnlySpan<byte> utf8) => _buffer!.Append(utf8);

    public void AppendFormatted(scoped ReadOnlySpan<char> text) => _buffer!.Append(text);

    public void AppendFormatted<T>(T value) => LogTextWriter.Value(_buffer!, value, default);

    public void AppendFormatted<T>(T value, string? format) => LogTextWriter.Value(_buffer!, value, format);
}
