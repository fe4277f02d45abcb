using SysMaster.Linux;

namespace SysMaster.Program;

/// <summary>
/// `sysmaster --mount-into PID bind|image SOURCE DESTINATION ro|rw mkdir|- [OPTIONS]`: what `systemctl bind` and `systemctl mount-image` ask
/// for. Takes a file, directory or file system image as the host sees it and mounts it where a running service sees DESTINATION. A
/// process of its own, since a namespace is entered for good and a source may hang; ends with the errno as its status.
/// The source is taken before the namespace is entered, the destination is looked up below the service's own root, links included.
/// </summary>
internal static unsafe class MountInto
{
    public const string Switch = "--mount-into";

    private static readonly ByteText s_mount = "/bin/mount"u8;

    public static int Run(ReadOnlySpan<string> words)
    {
        if (words.Length < 6) { return Errno.EINVAL.Value; }
        bool readOnly = words[4] == "ro";
        using Disposables held = new();
        Result<OwnedFd> space = held.Keep(Sys.Open(new ByteText($"/proc/{words[0]}/ns/mnt"), LibC.O_RDONLY));
        Result<OwnedFd> root = held.Keep(Sys.Open(new ByteText($"/proc/{words[0]}/root"), LibC.O_PATH | LibC.O_DIRECTORY));
        if (space.Failed || root.Failed) { return Errno.ESRCH.Value; }
        Result<OwnedFd> tree = held.Keep(words[1] == "image" ? Image(words[2], readOnly, words.Length > 6 ? words[6] : "") : Tree(new ByteText(words[2])));
        if (tree.Failed) { return tree.Error.Value; }
        bool remount = readOnly && SetReadOnly(tree.Value.Value) is { Failed: true };
        if (words[5] == "mkdir" && MakePoint(root.Value.Fd, words[3], IsDirectory(tree.Value.Value)) is { Failed: true } made) { return made.Value; }
        Result<OwnedFd> point = held.Keep(Sys.OpenAt2(root.Value.Fd, new ByteText(words[3]), LibC.O_PATH, LibC.RESOLVE_IN_ROOT));
        if (point.Failed) { return point.Error.Value; }
        // The threads of a program share their root: setns(2) refuses that.
        if (LibC.unshare(LibC.CLONE_FS) < 0 || LibC.setns(space.Value.Value, LibC.CLONE_NEWNS) < 0) { return Errno.Last.Value; }
        byte none = 0;
        if (LibC.move_mount(tree.Value.Value, &none, point.Value.Value, &none, LibC.MOVE_MOUNT_F_EMPTY_PATH | LibC.MOVE_MOUNT_T_EMPTY_PATH) < 0) { return Errno.Last.Value; }
        if (!remount) { return 0; }
        Errno error = Sys.Mount(default, new ByteText(words[3]).CString, default, LibC.MS_BIND | LibC.MS_REMOUNT | LibC.MS_RDONLY, default);
        return error.Value;
    }

    private static Result<OwnedFd> Tree(ByteText path)
    {
        fixed (byte* p = path.CString)
        {
            int fd = LibC.open_tree(LibC.AT_FDCWD, p, LibC.OPEN_TREE_CLONE | LibC.O_CLOEXEC);
            return fd < 0 ? Errno.Last : new OwnedFd(fd);
        }
    }

    /// <summary>mount(8) finds the type and the loop device, in a namespace that nobody else sees.</summary>
    private static Result<OwnedFd> Image(string path, bool readOnly, string options)
    {
        Result<OwnedFd> readable = Sys.Open(new ByteText(path), LibC.O_RDONLY | LibC.O_NONBLOCK | LibC.O_NOCTTY);
        if (readable.Failed) { return readable.Error; }
        readable.Value.Dispose();
        if (LibC.unshare(LibC.CLONE_NEWNS) < 0) { return Errno.Last; }
        Errno error = Sys.Mount("none\0"u8, "/\0"u8, default, LibC.MS_REC | LibC.MS_SLAVE, default);
        var at = new ByteText($"/run/systemd/mount-image-{Environment.ProcessId}");
        if (!error.Failed) { error = Sys.Mkdir(at, 0x1C0); }
        if (error.Failed) { return error; }
        string words = $"loop,{(readOnly ? "ro" : "rw")}{(options.Length > 0 ? "," : "")}{options}";
        bool mounted = Execute(s_mount, ["-o"u8, new ByteText(words), "--"u8, new ByteText(path), at]);
        Result<OwnedFd> tree = mounted ? Tree(at) : Errno.EINVAL;
        // The clone keeps the file system; the place was only ever ours.
        fixed (byte* p = at.CString) { _ = LibC.umount2(p, LibC.MNT_DETACH); }
        _ = Sys.Unlink(at, LibC.AT_REMOVEDIR);
        return tree;
    }

    private static Errno SetReadOnly(int tree)
    {
        var attributes = new mount_attr { attr_set = LibC.MOUNT_ATTR_RDONLY };
        byte none = 0;
        return Errno.FromResult(LibC.mount_setattr(tree, &none, LibC.AT_EMPTY_PATH, &attributes));
    }

    private static bool IsDirectory(int tree) => Sys.Open(new ByteText($"/proc/self/fd/{tree}"), LibC.O_PATH | LibC.O_DIRECTORY) is { Failed: false } opened && Close(opened.Value);

    private static bool Close(OwnedFd fd)
    {
        fd.Dispose();
        return true;
    }

    /// <summary>The destination and the directories above it, below the service's root.</summary>
    private static Errno MakePoint(Fd root, string path, bool directory)
    {
        string[] names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string above = "/";
        for (int i = 0; i < names.Length; i++)
        {
            Result<OwnedFd> parent = Sys.OpenAt2(root, new ByteText(above), LibC.O_PATH | LibC.O_DIRECTORY, LibC.RESOLVE_IN_ROOT);
            if (parent.Failed) { return parent.Error; }
            using OwnedFd at = parent.Value;
            Errno error = i < names.Length - 1 || directory ? Sys.MkdirAt(at.Fd, new ByteText(names[i]), 0x1ED) : Touch(at.Fd, new ByteText(names[i]));
            if (error.Failed && error != Errno.EEXIST) { return error; }
            above = $"{above}{names[i]}/";
        }
        return Errno.None;
    }

    private static Errno Touch(Fd directory, ByteText name)
    {
        Result<OwnedFd> made = Sys.Open(name, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_NOFOLLOW | LibC.O_NOCTTY | LibC.O_NONBLOCK, 0x1A4, directory.Value);
        if (made.Failed) { return made.Error; }
        made.Value.Dispose();
        return Errno.None;
    }

    private static bool Execute(ByteText program, ReadOnlySpan<ByteText> arguments)
    {
        byte** argv = stackalloc byte*[arguments.Length + 2];
        byte** environment = stackalloc byte*[1];
        var pins = new System.Runtime.InteropServices.GCHandle[arguments.Length + 1];
        for (int i = 0; i <= arguments.Length; i++)
        {
            pins[i] = System.Runtime.InteropServices.GCHandle.Alloc((i == 0 ? program : arguments[i - 1]).CString.ToArray(), System.Runtime.InteropServices.GCHandleType.Pinned);
            argv[i] = (byte*)pins[i].AddrOfPinnedObject();
        }
        argv[arguments.Length + 1] = null;
        environment[0] = null;
        int pid;
        bool ok = LibC.posix_spawn(&pid, argv[0], null, null, argv, environment) == 0;
        siginfo_t info = default;
        if (ok) { ok = LibC.waitid(LibC.P_PID, pid, &info, LibC.WEXITED) == 0 && info.si_code == LibC.CLD_EXITED && info.si_status == 0; }
        foreach (System.Runtime.InteropServices.GCHandle pin in pins) { pin.Free(); }
        return ok;
    }

    /// <summary>What was opened on the way.</summary>
    private sealed class Disposables : IDisposable
    {
        private readonly List<OwnedFd> _fds = [];

        public Result<OwnedFd> Keep(Result<OwnedFd> opened)
        {
            if (!opened.Failed) { _fds.Add(opened.Value); }
            return opened;
        }

        public void Dispose() => _fds.ForEach(static fd => fd.Dispose());
    }
}
