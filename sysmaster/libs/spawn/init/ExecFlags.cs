namespace SysMaster.Spawn.Init;

/// <summary>How init leaves itself for another program.</summary>
[Flags]
public enum ExecFlags
{
    None = 0,

    /// <summary>The program is one of ours and wants the signals blocked before its runtime starts; without it mask and dispositions are the default.</summary>
    KeepSignalMask = 1,

    /// <summary>The state table and what is kept stay open for the init that the program becomes in the end (switch-root, soft-reboot).</summary>
    KeepState = 2,
}
