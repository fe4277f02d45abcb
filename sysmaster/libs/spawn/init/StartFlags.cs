namespace SysMaster.Spawn.Init;

/// <summary>What StartEnd says beside its numbers.</summary>
[Flags]
public enum StartFlags
{
    None = 0,

    /// <summary>init itself had a fault since boot and was re-executed over its saved state.</summary>
    InitRecovered = 1,

    /// <summary>This is the previous build's core: the installed one could not stay up.</summary>
    PreviousCore = 2,

    /// <summary>The last core hung and was killed by the hang timer, or was stopped by a signal.</summary>
    LastHung = 4,
}
