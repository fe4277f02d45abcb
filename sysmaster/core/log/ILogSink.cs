using SysMaster.Linux;

namespace SysMaster.Core.Logging;

/// <summary>A place for records. A sink never blocks and never logs.</summary>
internal interface ILogSink
{
    /// <returns>An error when the record was not taken: the router then tries the next place.</returns>
    Errno Write(in LogRecord record);
}
