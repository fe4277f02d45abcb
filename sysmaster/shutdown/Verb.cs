namespace SysMaster.Shutdown;

/// <summary>How it ends.</summary>
internal enum Verb
{
    None,
    Halt,
    Poweroff,
    Reboot,
    Kexec,
    Exit,

    /// <summary>Not the end: another root, and the init there is PID 1. What an initrd does.</summary>
    SwitchRoot,

    /// <summary>All processes are ended first; the root may stay the same.</summary>
    SoftReboot,
}
