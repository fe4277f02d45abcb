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
}
