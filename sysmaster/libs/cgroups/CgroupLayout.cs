using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Cgroups;

/// <summary>
/// The control group trees of a mount table. Read from mountinfo, so that it tells of any place (a container with its cgroup2 on /sys/fs/cgroup, or
/// only on /sys/fs/cgroup/unified, or read-only) without asking each mount point.
/// </summary>
public sealed class CgroupLayout
{
    private static readonly ByteText s_top = new("/sys/fs/cgroup"u8);

    private readonly List<CgroupHierarchy> _v1 = [];

    public CgroupMode Mode { get; private set; }

    /// <summary>Mount point of the cgroup2 tree; empty without one.</summary>
    public ByteText Unified { get; private set; }

    /// <summary>Mount point of name=systemd; empty without one.</summary>
    public ByteText Named { get; private set; }

    /// <summary>The v1 trees that have controllers.</summary>
    public IReadOnlyList<CgroupHierarchy> V1 => _v1;

    /// <summary>The tree that processes are tracked in: <see cref="Unified"/>, in legacy mode <see cref="Named"/>.</summary>
    public ByteText Tracking => Mode == CgroupMode.Legacy ? Named : Unified;

    /// <summary>May groups be made at all? A container is often given its tree read-only.</summary>
    public bool IsWritable { get; private set; }

    /// <summary>Of this process's mount table.</summary>
    public static Result<CgroupLayout> Detect()
    {
        Result<byte[]> text = Sys.ReadFile(new ByteText("/proc/self/mountinfo"u8));
        return text.Failed ? text.Error : Parse(text.Value);
    }

    /// <param name="mountinfo">proc(5). Later mounts on one place hide earlier ones.</param>
    public static CgroupLayout Parse(ReadOnlySpan<byte> mountinfo)
    {
        var layout = new CgroupLayout();
        bool unifiedWritable = false;
        bool namedWritable = false;
        while (!mountinfo.IsEmpty)
        {
            int end = mountinfo.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? mountinfo : mountinfo[..end];
            mountinfo = end < 0 ? default : mountinfo[(end + 1)..];
            if (!MountLine.TryParse(line, out MountLine mount)) { continue; }
            if (mount.Type.SequenceEqual("cgroup2"u8))
            {
                var place = mount.PlaceText();
                if (!layout.IsBetter(place)) { continue; }
                layout.Unified = place;
                unifiedWritable = mount.IsWritable;
            }
            else if (mount.Type.SequenceEqual("cgroup"u8))
            {
                if (MountLine.HasOption(mount.SuperOptions, "name=systemd"u8))
                {
                    layout.Named = mount.PlaceText();
                    namedWritable = mount.IsWritable;
                }
                CgroupControllers controllers = ControllerNames.ParseList(mount.SuperOptions);
                if (controllers != CgroupControllers.None) { layout._v1.Add(new CgroupHierarchy(mount.PlaceText(), controllers, mount.IsWritable)); }
            }
        }
        layout.Mode = !layout.Unified.IsEmpty ? (layout.Unified == s_top || layout._v1.Count == 0 ? CgroupMode.Unified : CgroupMode.Hybrid)
            : !layout.Named.IsEmpty ? CgroupMode.Legacy : CgroupMode.None;
        layout.IsWritable = layout.Mode == CgroupMode.Legacy ? namedWritable : unifiedWritable;
        return layout;
    }

    /// <summary>The v1 tree of a controller; null in unified mode and where it is not mounted.</summary>
    public CgroupHierarchy? V1OrNull(CgroupControllers controller)
    {
        if (Mode == CgroupMode.Unified) { return null; }
        foreach (CgroupHierarchy hierarchy in _v1)
        {
            if ((hierarchy.Controllers & controller) != 0) { return hierarchy; }
        }
        return null;
    }

    /// <summary>A cgroup2 on its usual place counts more than one found elsewhere (bind mounts of containers).</summary>
    private bool IsBetter(ByteText place) => Unified.IsEmpty || Rank(place) >= Rank(Unified);

    private static int Rank(ByteText place) => place == s_top ? 2 : place.Span.SequenceEqual("/sys/fs/cgroup/unified"u8) ? 1 : 0;
}
