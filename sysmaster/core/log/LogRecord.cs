namespace SysMaster.Core.Logging;

/// <summary>One line on its way to a sink.</summary>
internal readonly ref struct LogRecord
{
    public LogLevel Level { get; init; }

    /// <summary>UTF-8, one line, without its end.</summary>
    public ReadOnlySpan<byte> Text { get; init; }

    /// <summary>All fields but MESSAGE, in the native protocol of the journal. Empty for sinks that show text only.</summary>
    public ReadOnlySpan<byte> Fields { get; init; }
}
