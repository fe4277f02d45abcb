using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// The file system as the service sees it. All trees that are to keep the host's view or flags are taken first (open_tree clones, detached);
/// then the entries are laid down parents first, each on top of what its parents made. So a read-only "/" with a writable "/var/x" is one
/// recursive change of "/" and one clone of /var/x, taken before, put back over it: no list of mounts is read or walked.
/// mount_namespaces(7), open_tree(2), move_mount(2), mount_setattr(2).
/// </summary>
internal static unsafe class MountNamespace
{
    public static void Apply(Setup s)
    {
        ExecRequest r = s.Request;
        if (!MountPlan.HasMounts(s))
        {
            EnterPlain(r);
            EnterRootOnly(s);
            return;
        }
        uint umask = Native.umask(0x12);   // the unit's, or what PAM has set: back at the end
        ByteText tmp = default, varTmp = default;
        if (s.Sandbox) { PrivateTmp.Make(s, out tmp, out varTmp); }
        if (LibC.unshare(LibC.CLONE_NEWNS) < 0)
        {
            Errno error = Errno.Last;
            // A container that forbids it: run without, unless files would be missing or in the wrong place.
            if ((error == Errno.EPERM || error == Errno.ENOSYS) && r.RootDirectory.IsEmpty && r.Binds.Length == 0 && r.TemporaryFileSystems.Length == 0
                && r.ExtensionDirectories.Length == 0 && r.LogNamespace.IsEmpty)
            {
                _ = Native.umask(umask);
                return;
            }
            Report.Fail(ExecStatus.Namespace, error, "Failed to set up mount namespacing"u8);
        }
        MountOperations.Propagation("/"u8, LibC.MS_SLAVE);
        bool hasRoot = r.RootDirectory.Length > 1;
        if (hasRoot) { MountOperations.BindOnItself(r.RootDirectory); }

        MountPlan plan = MountPlan.Of(s, tmp, varTmp);
        foreach (MountEntry entry in plan.Entries) { MountOperations.TakeTree(r.RootDirectory, entry); }
        foreach (MountEntry entry in plan.Entries) { MountOperations.LayDown(r, entry); }
        if (r.RootDirectory.Length + r.TemporaryFileSystems.Length != 0) { Directories.LinkInView(s); }
        foreach (MountEntry entry in plan.Entries) { MountOperations.Seal(r, entry); }
        if (plan.IsWithoutSetId && r.PrivateDevices) { MountOperations.WithoutSetId(r, new ByteText("/dev"u8)); }
        if (hasRoot) { MountOperations.SwitchRoot(r.RootDirectory); }
        MountOperations.Propagation("/"u8, Propagation(r));
        _ = Native.umask(umask);
    }

    /// <summary>"+": the sandbox does not hold, but where one is asked for mounts of the command stay its own.</summary>
    private static void EnterPlain(ExecRequest r)
    {
        if (MountPlan.Needed(r) && LibC.unshare(LibC.CLONE_NEWNS) == 0)
        {
            MountOperations.Propagation("/"u8, LibC.MS_SLAVE);
            MountOperations.Propagation("/"u8, Propagation(r));
        }
    }

    /// <summary>MountFlags=, or what lets a service's own mounts go on to namespaces that it makes.</summary>
    private static nuint Propagation(ExecRequest r) => r.MountPropagation == 0 ? LibC.MS_SHARED : (nuint)r.MountPropagation;

    /// <summary>RootDirectory= without any mount: a plain change of root, for "+" too.</summary>
    private static void EnterRootOnly(Setup s)
    {
        ExecRequest r = s.Request;
        if (r.RootDirectory.Length <= 1) { return; }
        fixed (byte* root = r.RootDirectory.CString, slash = "/\0"u8)
        {
            if (LibC.chroot(root) < 0 || LibC.chdir(slash) < 0) { Report.Fail(ExecStatus.Chroot, Errno.Last, r.RootDirectory); }
        }
    }
}
