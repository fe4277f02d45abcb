using SysMaster.Linux;

namespace SysMaster.Executor;

/// <summary>One path of the service's view.</summary>
internal sealed class MountEntry(ByteText path, MountMode mode)
{
    /// <summary>As the service will see it; resolved (no links) once <see cref="MountPlan"/> has looked.</summary>
    public ByteText Path = path;

    public readonly MountMode Mode = mode;

    /// <summary>For binds: on the host. For tmpfs: mount options.</summary>
    public ByteText Source;

    public bool IgnoreMissing;

    /// <summary>Of the kernel's own file systems: has no links in it, need not be looked at before it is used.</summary>
    public bool Known;

    public bool ReadOnly;

    public bool NoExec;

    public bool Exec;

    public bool NoSuid;

    public bool Recursive = true;

    /// <summary>Make the mount point when it is not there.</summary>
    public bool Create;

    /// <summary>A detached mount, taken before anything is changed; -1 none.</summary>
    public int Tree = -1;

    /// <summary>The same where an entry needs several: PrivateDevices=.</summary>
    public int[] Trees = [];

    public ulong AttributesSet =>
        Mode == MountMode.Inaccessible ? LibC.MOUNT_ATTR_RDONLY | LibC.MOUNT_ATTR_NOEXEC | LibC.MOUNT_ATTR_NOSUID | LibC.MOUNT_ATTR_NODEV :
        (ReadOnly ? LibC.MOUNT_ATTR_RDONLY : 0) | (NoExec ? LibC.MOUNT_ATTR_NOEXEC : 0) | (NoSuid ? LibC.MOUNT_ATTR_NOSUID : 0);

    public ulong AttributesCleared => Exec ? LibC.MOUNT_ATTR_NOEXEC : 0;
}
