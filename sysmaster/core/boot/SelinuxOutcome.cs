namespace SysMaster.Core.Boot;

/// <summary>What came of loading the SELinux policy.</summary>
public enum SelinuxOutcome
{
    /// <summary>No library, no policy, switched off, or loaded by the initrd already: go on.</summary>
    NothingToDo,

    /// <summary>Loaded: PID 1 must execute itself again to enter its domain.</summary>
    Loaded,

    /// <summary>Enforcing was asked for and there is no policy: the machine must not come up.</summary>
    FailedEnforcing,
}
