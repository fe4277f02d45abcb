using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Cgroups;

/// <summary>
/// What is done to control groups, in every tree a group has a directory in. Groups are paths as <see cref="CgroupPath"/> makes them. Not thread-safe.
/// Each call asks the kernel anew: what others did meanwhile is seen.
/// </summary>
public sealed partial class CgroupTree(CgroupLayout layout)
{
    private const uint DirectoryMode = 0x1ED;   // 0755

    public CgroupLayout Layout { get; } = layout;

    /// <summary>The directory of a group in the tracking tree, or one of its files.</summary>
    public ByteText PathOf(ByteText group, ReadOnlySpan<byte> file = default) => Join(Layout.Tracking, group, file);

    /// <summary>What to watch (inotify IN_MODIFY) to learn that a group has become empty, or frozen. Empty in legacy mode: the release agent tells there.</summary>
    public ByteText EventsPath(ByteText group) => Layout.Mode is CgroupMode.Unified or CgroupMode.Hybrid ? PathOf(group, "cgroup.events"u8) : default;

    public bool Exists(ByteText group) => Sys.Exists(PathOf(group));

    /// <summary>Makes the group and what is missing above it, where processes are tracked; in v1 also in the trees of <paramref name="controllers"/>.</summary>
    /// <returns>None when it was there already; EROFS and EACCES where the tree is not ours; ENOENT without one.</returns>
    public Errno Create(ByteText group, CgroupControllers controllers = CgroupControllers.None)
    {
        if (Layout.Mode == CgroupMode.None) { return Errno.ENOENT; }
        Errno e = Sys.MkdirAll(PathOf(group), DirectoryMode);
        if (e.Failed) { return e; }
        if (Layout.Mode == CgroupMode.Hybrid && !Layout.Named.IsEmpty)
        {
            e = Sys.MkdirAll(Join(Layout.Named, group), DirectoryMode);
            if (e.Failed) { return e; }
        }
        foreach (CgroupHierarchy hierarchy in V1Trees(controllers))
        {
            if (!hierarchy.IsWritable) { continue; }
            e = Sys.MkdirAll(Join(hierarchy.Mount, group), DirectoryMode);
            if (!e.Failed) { e = InheritCpuset(hierarchy, group); }
            if (e.Failed) { return e; }
        }
        return Errno.None;
    }

    /// <summary>
    /// Switches controllers on for the children of a group and of all above it, v2 only; those that are on already, and those the parent does not offer, are not
    /// written. Nothing is ever switched off.
    /// </summary>
    /// <returns>What is on for the children now; EBUSY when processes sit in an inner group.</returns>
    public Result<CgroupControllers> EnableForChildren(ByteText group, CgroupControllers wanted)
    {
        if (Layout.Mode != CgroupMode.Unified) { return CgroupControllers.None; }
        if (group != CgroupPath.Top)
        {
            Result<CgroupControllers> above = EnableForChildren(CgroupPath.Parent(group), wanted);
            if (above.Failed) { return above; }
        }
        Result<byte[]> on = Sys.ReadFile(PathOf(group, "cgroup.subtree_control"u8));
        Result<byte[]> offered = Sys.ReadFile(PathOf(group, "cgroup.controllers"u8));
        if (on.Failed || offered.Failed) { return on.Failed ? on.Error : offered.Error; }
        CgroupControllers have = ControllerNames.ParseList(on.Value);
        CgroupControllers missing = wanted & CgroupControllers.AllV2 & ControllerNames.ParseList(offered.Value) & ~have;
        if (missing == CgroupControllers.None) { return have; }
        var text = new ByteBuilder(stackalloc byte[64]);
        ControllerNames.AppendEnable(missing, ref text);
        Errno e = Sys.WriteFile(PathOf(group, "cgroup.subtree_control"u8), text.Written);
        text.Dispose();
        return e.Failed ? e : have | missing;
    }

    /// <summary>Moves a process, all its threads with it, into the group: in the tracking tree, and in v1 into the nearest group that is there in each tree of <paramref name="controllers"/>.</summary>
    /// <returns>ESRCH when it is gone; of the tracking tree only (a v1 tree that refuses does not undo the tracking).</returns>
    public Errno Attach(ByteText group, int pid, CgroupControllers controllers = CgroupControllers.None)
    {
        if (Layout.Mode == CgroupMode.None) { return Errno.ENOENT; }
        var number = new ByteBuilder(stackalloc byte[20]);
        number.AppendDecimal((long)pid);
        Errno e = Sys.WriteFile(PathOf(group, "cgroup.procs"u8), number.Written);
        if (e.Failed) { return e; }
        foreach (ByteText place in FurtherPlaces(group, controllers)) { _ = Sys.WriteFile(Join(place, CgroupPath.Top, "cgroup.procs"u8), number.Written); }
        return Errno.None;
    }

    /// <summary>
    /// Where the group's processes belong beside the tracking tree: name=systemd of a hybrid tree, and the nearest group that is there in each v1 tree of
    /// <paramref name="controllers"/>. Directories.
    /// </summary>
    public List<ByteText> FurtherPlaces(ByteText group, CgroupControllers controllers)
    {
        var places = new List<ByteText>(0);
        if (Layout.Mode == CgroupMode.Hybrid && !Layout.Named.IsEmpty) { places.Add(Join(Layout.Named, group)); }
        foreach (CgroupHierarchy hierarchy in V1Trees(controllers))
        {
            ByteText nearest = group;
            while (nearest != CgroupPath.Top && !Sys.Exists(Join(hierarchy.Mount, nearest))) { nearest = CgroupPath.Parent(nearest); }
            places.Add(Join(hierarchy.Mount, nearest));
        }
        return places;
    }

    /// <summary>Removes the group and all below it, in every tree. Groups with processes stay.</summary>
    /// <returns>None when nothing is left in the tracking tree; EBUSY when something lives there.</returns>
    public Errno Remove(ByteText group)
    {
        if (group == CgroupPath.Top) { return Errno.EBUSY; }
        foreach (CgroupHierarchy hierarchy in Layout.V1)
        {
            if (Layout.Mode != CgroupMode.Unified && hierarchy.IsWritable) { _ = RemoveTree(Join(hierarchy.Mount, group)); }
        }
        if (Layout.Mode == CgroupMode.Hybrid && !Layout.Named.IsEmpty) { _ = RemoveTree(Join(Layout.Named, group)); }
        return RemoveTree(PathOf(group));
    }

    /// <summary>Hands the group to a user: the directory and the files by which its owner manages what is below. man 5 systemd.resource-control, Delegate=.</summary>
    public Errno Delegate(ByteText group, uint uid, uint gid)
    {
        Errno e = Chown(PathOf(group), uid, gid);
        if (!e.Failed) { e = Chown(PathOf(group, "cgroup.procs"u8), uid, gid); }
        if (e.Failed) { return e; }
        if (Layout.Mode != CgroupMode.Legacy)
        {
            e = Chown(PathOf(group, "cgroup.subtree_control"u8), uid, gid);
            if (e.Failed) { return e; }
            _ = Chown(PathOf(group, "cgroup.threads"u8), uid, gid);   // not before Linux 4.14
        }
        if (Layout.Mode == CgroupMode.Hybrid && !Layout.Named.IsEmpty)
        {
            _ = Chown(Join(Layout.Named, group), uid, gid);
            _ = Chown(Join(Layout.Named, group, "cgroup.procs"u8), uid, gid);
        }
        return Errno.None;
    }

    /// <summary>The groups directly below: names as they are (escaped).</summary>
    public Errno Children(ByteText group, List<ByteText> names)
    {
        ByteText path = PathOf(group);
        if (Sys.Stat(path) is { Failed: false, Value.Links: 2 }) { return Errno.None; }   // its own name and ".": no directory below has a ".."
        Result<DirectoryReader> open = Sys.OpenDirectory(path);
        if (open.Failed) { return open.Error; }
        using DirectoryReader directory = open.Value;
        foreach (DirectoryEntry entry in directory)
        {
            if (entry.IsDirectory) { names.Add(new ByteText(entry.Name)); }
        }
        return directory.Error;
    }

    /// <summary>Mount point + group + file, without double slashes.</summary>
    internal static ByteText Join(ByteText mount, ByteText group, ReadOnlySpan<byte> file = default)
    {
        var path = new ByteBuilder(stackalloc byte[512]);
        path.Append(mount.Span);
        if (group != CgroupPath.Top) { path.Append(group.Span); }
        if (!file.IsEmpty)
        {
            path.Append((byte)'/');
            path.Append(file);
        }
        ByteText text = path.ToByteText();
        path.Dispose();
        return text;
    }

    private List<CgroupHierarchy> V1Trees(CgroupControllers controllers)
    {
        var trees = new List<CgroupHierarchy>();
        if (Layout.Mode == CgroupMode.Unified || controllers == CgroupControllers.None) { return trees; }
        foreach (CgroupHierarchy hierarchy in Layout.V1)
        {
            if ((hierarchy.Controllers & controllers) != 0) { trees.Add(hierarchy); }
        }
        return trees;
    }

    /// <summary>A new v1 cpuset has no CPUs, and no process may enter it: it gets its parent's. The one attribute written unasked, because nothing works without.</summary>
    private static Errno InheritCpuset(CgroupHierarchy hierarchy, ByteText group)
    {
        if ((hierarchy.Controllers & CgroupControllers.Cpuset) == 0) { return Errno.None; }
        if (group == CgroupPath.Top) { return Errno.None; }
        ByteText parent = CgroupPath.Parent(group);
        Errno e = InheritCpuset(hierarchy, parent);
        if (e.Failed) { return e; }
        e = CopyIfEmpty(hierarchy.Mount, parent, group, "cpuset.cpus"u8);
        return e.Failed ? e : CopyIfEmpty(hierarchy.Mount, parent, group, "cpuset.mems"u8);
    }

    private static Errno CopyIfEmpty(ByteText mount, ByteText from, ByteText to, ReadOnlySpan<byte> file)
    {
        Result<byte[]> have = Sys.ReadFile(Join(mount, to, file));
        if (have.Failed || have.Value.Length > 1) { return have.Error; }
        Result<byte[]> value = Sys.ReadFile(Join(mount, from, file));
        return value.Failed ? value.Error : Sys.WriteFile(Join(mount, to, file), value.Value);
    }

    private static Errno RemoveTree(ByteText directory)
    {
        Errno e = Sys.Unlink(directory, LibC.AT_REMOVEDIR);
        if (!e.Failed || e == Errno.ENOENT) { return Errno.None; }
        Result<DirectoryReader> open = Sys.OpenDirectory(directory);
        if (open.Failed) { return open.Error == Errno.ENOENT ? Errno.None : open.Error; }
        var children = new List<ByteText>();
        using (DirectoryReader reader = open.Value)
        {
            foreach (DirectoryEntry entry in reader)
            {
                if (entry.IsDirectory) { children.Add(new ByteText(entry.Name)); }
            }
        }
        foreach (ByteText child in children) { _ = RemoveTree(Join(directory, CgroupPath.Top, child.Span)); }
        e = Sys.Unlink(directory, LibC.AT_REMOVEDIR);
        return e == Errno.ENOENT ? Errno.None : e;
    }

    private static unsafe Errno Chown(ByteText path, uint uid, uint gid)
    {
        fixed (byte* p = path.CString) { return Errno.FromResult(LibC.fchownat(LibC.AT_FDCWD, p, uid, gid, 0)); }
    }
}
