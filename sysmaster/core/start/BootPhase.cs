namespace SysMaster.Core;

/// <summary>How far the boot has come; in the savepoint, so that a manager that dies in the middle of it is followed by one that goes on with it.</summary>
public enum BootPhase : byte
{
    /// <summary>Nothing was done, or the root has changed since (switch-root, soft-reboot): the machine is to be set up, then units are started.</summary>
    Prepare,

    /// <summary>The machine is set up; the unit to boot into has no job yet.</summary>
    Load,

    /// <summary>Its job has been queued: from here on the jobs say what there is to do.</summary>
    Done,
}
