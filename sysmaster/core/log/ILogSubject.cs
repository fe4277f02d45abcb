namespace SysMaster.Core.Logging;

/// <summary>What a record is about: the core's units. <c>journalctl -u</c> finds the record by this name.</summary>
public interface ILogSubject
{
    string UnitName { get; }

    /// <summary>32 hex digits, or null when the unit has no invocation.</summary>
    string? InvocationId { get; }

    /// <summary><c>LogLevelMax=</c> of the unit, which holds for the manager's words about it too.</summary>
    LogLevel LogLevelMax => LogLevel.Debug;
}
