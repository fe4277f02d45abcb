using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Cgroups;

/// <summary>Which group a process is in: /proc/PID/cgroup. cgroups(7).</summary>
public static class CgroupMembership
{
    /// <summary>The group of a process in the tracking tree.</summary>
    /// <returns>ESRCH when there is no such process; ENODATA when the tree is not listed.</returns>
    public static Result<ByteText> OfPid(CgroupLayout layout, int pid)
    {
        var path = new ByteBuilder(stackalloc byte[64]);
        path.Append("/proc/"u8);
        path.AppendDecimal((ulong)pid);
        path.Append("/cgroup"u8);
        return Read(layout, path.ToByteText());
    }

    public static Result<ByteText> OfSelf(CgroupLayout layout) => Read(layout, new ByteText("/proc/self/cgroup"u8));

    /// <summary>
    /// The group that a manager's units live under: its own, less the "/init.scope" it sits in. "/" for a system manager outside containers.
    /// </summary>
    public static Result<ByteText> ManagerRoot(CgroupLayout layout)
    {
        Result<ByteText> own = OfSelf(layout);
        return own.Failed ? own.Error : WithoutScope(own.Value);
    }

    public static ByteText WithoutScope(ByteText group)
    {
        ReadOnlySpan<byte> scope = "/init.scope"u8;
        ReadOnlySpan<byte> text = group.Span;
        if (text.EndsWith(scope)) { text = text[..^scope.Length]; }
        return text.IsEmpty ? CgroupPath.Top : new ByteText(text);
    }

    /// <summary>The path of one tree in the text of /proc/PID/cgroup. A trailing " (deleted)" is cut.</summary>
    public static bool TryFind(ReadOnlySpan<byte> text, bool unified, out ByteText group)
    {
        group = default;
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            int first = line.IndexOf((byte)':');
            int second = first < 0 ? -1 : line[(first + 1)..].IndexOf((byte)':');
            if (second < 0) { continue; }
            ReadOnlySpan<byte> controllers = line.Slice(first + 1, second);
            bool match = unified ? first == 1 && line[0] == (byte)'0' && controllers.IsEmpty : controllers.SequenceEqual("name=systemd"u8);
            if (!match) { continue; }
            ReadOnlySpan<byte> path = line[(first + second + 2)..];
            if (path.EndsWith(" (deleted)"u8)) { path = path[..^10]; }
            group = new ByteText(path);
            return !path.IsEmpty;
        }
        return false;
    }

    private static Result<ByteText> Read(CgroupLayout layout, ByteText file)
    {
        Result<byte[]> text = Sys.ReadFile(file);
        if (text.Failed) { return text.Error == Errno.ENOENT ? Errno.ESRCH : text.Error; }
        return TryFind(text.Value, layout.Mode != CgroupMode.Legacy, out ByteText group) ? group : Errno.ENODATA;
    }
}
