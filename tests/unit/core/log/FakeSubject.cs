using SysMaster.Core.Logging;

namespace SysMaster.Core.Tests.Logging;

internal sealed class FakeSubject(string name, string? invocation = null, LogLevel max = LogLevel.Debug) : ILogSubject
{
    public string UnitName => name;

    public string? InvocationId => invocation;

    public LogLevel LogLevelMax => max;
}
