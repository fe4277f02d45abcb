using SysMaster.Linux;

namespace SysMaster.Cgroups;

/// <summary>Attributes (files) and marks (extended attributes) of a group.</summary>
public sealed partial class CgroupTree
{
    /// <summary>The file of an attribute: "memory.max" in the unified tree, "memory.limit_in_bytes" in the v1 tree of its controller.</summary>
    /// <param name="group">Whose.</param>
    /// <param name="attribute">Begins with the controller's name and a dot, or with "cgroup.".</param>
    /// <returns>Empty when the controller is mounted nowhere.</returns>
    public ByteText AttributePath(ByteText group, ReadOnlySpan<byte> attribute)
    {
        if (Layout.Mode is CgroupMode.Unified or CgroupMode.None || attribute.StartsWith("cgroup."u8)) { return PathOf(group, attribute); }
        int dot = attribute.IndexOf((byte)'.');
        CgroupHierarchy? hierarchy = Layout.V1OrNull(ControllerNames.Parse(dot < 0 ? attribute : attribute[..dot]));
        return hierarchy is null ? default : Join(hierarchy.Mount, group, attribute);
    }

    /// <returns>ENOENT when group, controller or attribute are not there.</returns>
    public Result<byte[]> Read(ByteText group, ReadOnlySpan<byte> attribute)
    {
        ByteText path = AttributePath(group, attribute);
        return path.IsEmpty ? Errno.ENOENT : Sys.ReadFile(path);
    }

    /// <summary>One write(2), exactly what is given: what nobody set is the caller's not to write.</summary>
    public Errno Write(ByteText group, ReadOnlySpan<byte> attribute, ReadOnlySpan<byte> value)
    {
        ByteText path = AttributePath(group, attribute);
        return path.IsEmpty ? Errno.ENOENT : Sys.WriteFile(path, value);
    }

    /// <summary>
    /// A mark on the group's directory in the tracking tree (and name=systemd): user.invocation_id, trusted.invocation_id, user.delegate, trusted.delegate…
    /// </summary>
    /// <returns>Of the tracking tree; EPERM for trusted ones in a container, EOPNOTSUPP for user ones before Linux 5.7.</returns>
    public Errno SetMark(ByteText group, ByteText name, ReadOnlySpan<byte> value)
    {
        if (Layout.Mode == CgroupMode.Hybrid && !Layout.Named.IsEmpty) { _ = Sys.SetXattr(Join(Layout.Named, group), name, value); }
        return Sys.SetXattr(PathOf(group), name, value);
    }

    /// <returns>ENODATA when there is none.</returns>
    public Result<ByteText> GetMark(ByteText group, ByteText name) => Sys.GetXattr(PathOf(group), name);

    public Errno RemoveMark(ByteText group, ByteText name) => Sys.RemoveXattr(PathOf(group), name);

    /// <summary>
    /// v1: the limits of a group hold for the groups below it too. Always so since Linux 5.11, and refused once groups with limits exist.
    /// </summary>
    public Errno MakeMemoryHierarchical() => Layout.V1OrNull(CgroupControllers.Memory) is null ? Errno.None : Write(CgroupPath.Top, "memory.use_hierarchy"u8, "1"u8);

    /// <summary>Legacy mode: the program the kernel calls with the path of a group that has become empty, and the switch for all groups made from now on.</summary>
    /// <returns>EPERM in a container: only the first mount namespace may set it.</returns>
    public Errno InstallReleaseAgent(ByteText program)
    {
        if (Layout.Named.IsEmpty) { return Errno.EOPNOTSUPP; }
        Errno e = Sys.WriteFile(Join(Layout.Named, CgroupPath.Top, "release_agent"u8), program.Span);
        return e.Failed ? e : Sys.WriteFile(Join(Layout.Named, CgroupPath.Top, "notify_on_release"u8), "1"u8);
    }
}
