namespace SysMaster.Core.Directives;

/// <summary>What the whole machine does when a unit says so: FailureAction=, StartLimitAction= and their like.</summary>
public enum EmergencyAction
{
    None,
    Reboot,
    RebootForce,
    RebootImmediate,
    Poweroff,
    PoweroffForce,
    PoweroffImmediate,
    Exit,
    ExitForce,
    SoftReboot,
    SoftRebootForce,
    Kexec,
    KexecForce,
    Halt,
    HaltForce,
    HaltImmediate,
}
