using SysMaster.Linux;

namespace SysMaster.Executor;

/// <summary>
/// Read-only, noexec, nosuid on a mount and all below it: one mount_setattr(2); before Linux 5.12 a remount of each, found in mountinfo.
/// </summary>
internal static unsafe class MountAttributes
{
    private static bool s_absent;

    /// <returns>False where the kernel lacks the call: then <see cref="Set"/> after the tree is in its place.</returns>
    public static bool SetOnTree(int tree, MountEntry entry) => !s_absent && TrySet(tree, entry) is { Failed: false };

    /// <param name="target">O_PATH of the mount's root.</param>
    /// <param name="entry">What to set and clear.</param>
    public static Errno Set(int target, MountEntry entry)
    {
        if (!s_absent)
        {
            Errno error = TrySet(target, entry);
            if (!s_absent) { return error; }
        }
        Result<ByteText> path = Sys.ReadLink(Paths.OfFd(target));
        return path.Failed ? path.Error : RemountAll(path.Value, entry);
    }

    private static Errno TrySet(int fd, MountEntry entry)
    {
        var attributes = new mount_attr { attr_set = entry.AttributesSet, attr_clr = entry.AttributesCleared };
        byte none = 0;
        if (LibC.mount_setattr(fd, &none, LibC.AT_EMPTY_PATH | LibC.AT_RECURSIVE, &attributes) == 0) { return Errno.None; }
        Errno error = Errno.Last;
        s_absent = error == Errno.ENOSYS;
        return error;
    }

    /// <summary>Flags that a mount has already are kept: a remount would take them away, and a locked one refuse.</summary>
    private static Errno RemountAll(ByteText top, MountEntry entry)
    {
        Result<byte[]> mountinfo = Sys.ReadFile(new ByteText("/proc/self/mountinfo"u8));
        if (mountinfo.Failed) { return mountinfo.Error; }
        ReadOnlySpan<byte> text = mountinfo.Value;
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range];
            if (line.IsEmpty) { continue; }
            ByteText path = Unescape(Word(line, 4));
            if (path != top && !MountPath.IsBelow(path, top)) { continue; }
            nuint flags = (MountOptions.Parse(Word(line, 5)).Flags | (nuint)entry.AttributesSet) & ~(nuint)entry.AttributesCleared;   // MS_ and MOUNT_ATTR_ agree on these
            fixed (byte* p = path.CString)
            {
                int r = LibC.mount(null, p, null, LibC.MS_BIND | LibC.MS_REMOUNT | flags, null);
                if (r < 0 && path == top) { return Errno.Last; }
                if (r < 0 && Errno.Last != Errno.EACCES && Errno.Last != Errno.EPERM && Errno.Last != Errno.ENOENT && Errno.Last != Errno.EINVAL) { return Errno.Last; }
            }
        }
        return Errno.None;
    }

    private static ReadOnlySpan<byte> Word(ReadOnlySpan<byte> line, int index)
    {
        for (; index > 0; index--) { line = line[(line.IndexOf((byte)' ') + 1)..]; }
        int end = line.IndexOf((byte)' ');
        return end < 0 ? line : line[..end];
    }

    /// <summary>"\040" is a space: proc_pid_mountinfo(5).</summary>
    private static ByteText Unescape(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'\\')) { return text; }
        var result = new List<byte>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'\\' && i + 3 < text.Length)
            {
                result.Add((byte)(((text[i + 1] - '0') << 6) | ((text[i + 2] - '0') << 3) | (text[i + 3] - '0')));
                i += 3;
            }
            else { result.Add(text[i]); }
        }
        return new ByteText(result.ToArray());
    }
}
