using System.Text;
using SysMaster.Core.Status;
using SysMaster.Linux;

namespace SysMaster.Core.Logging;

/// <summary>The console: the text alone, errors in red, warnings in yellow, notices bright. Opened for each line.</summary>
internal sealed class ConsoleSink : ILogSink
{
    private readonly ConsoleDevice _console;
    private readonly bool _colors;
    private readonly LogBuffer _line = new();
    private readonly byte[] _tag;

    public ConsoleSink(string path, string identifier, int pid, bool colors)
    {
        _console = new ConsoleDevice(new ByteText(path));
        _tag = Encoding.UTF8.GetBytes($"{identifier}[{pid}]: ");
        _colors = colors;
    }

    /// <summary>Target console-prefixed: the level and who says it, as kmsg would have it.</summary>
    public bool Prefixed { get; set; }

    public Errno Write(in LogRecord record)
    {
        ReadOnlySpan<byte> color = _colors ? Color(record.Level) : default;
        _line.Clear();
        if (Prefixed)
        {
            _line.Append((byte)'<');
            _line.Append((3 << 3) | (int)record.Level);
            _line.Append((byte)'>');
            _line.Append(_tag);
        }
        _line.Append(color);
        _line.Append(record.Text);
        if (!color.IsEmpty) { _line.Append("\e[0m"u8); }
        _line.Append("\n"u8);
        return _console.Write(_line.Span);
    }

    private static ReadOnlySpan<byte> Color(LogLevel level) => level switch
    {
        <= LogLevel.Error => "\e[0;1;31m"u8,
        LogLevel.Warning => "\e[0;1;38;5;185m"u8,
        LogLevel.Notice => "\e[0;1;39m"u8,
        LogLevel.Debug => "\e[0;90m"u8,
        _ => default,
    };
}
