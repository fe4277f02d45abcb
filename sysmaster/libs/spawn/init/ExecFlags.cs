namespace SysMaster.Spawn.Init;

/// <summary>How init leaves itself for another program.</summary>
[Flags]
public enum ExecFlags
{
    None = 0,

    /// <summary>The program is one of ours and wants the signals blocked before its runtime starts; without it mask and dispositions are the default.</summary>
    KeepSignalMask = 1,
}
