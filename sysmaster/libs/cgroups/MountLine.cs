using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Cgroups;

/// <summary>What of a line of mountinfo tells about a cgroup mount. proc(5).</summary>
internal ref struct MountLine
{
    public ReadOnlySpan<byte> Place;
    public ReadOnlySpan<byte> Type;
    public ReadOnlySpan<byte> SuperOptions;
    public bool IsWritable;

    public static bool TryParse(ReadOnlySpan<byte> line, out MountLine mount)
    {
        mount = default;
        ReadOnlySpan<byte> options = default;
        int separator = line.IndexOf(" - "u8);
        if (separator < 0) { return false; }
        ReadOnlySpan<byte> tail = line[(separator + 3)..];
        if (!tail.StartsWith("cgroup"u8)) { return false; }   // the cheap question: a table may have thousands of lines
        ReadOnlySpan<byte> head = line[..separator];
        for (int field = 0; field <= 5; field++)
        {
            int blank = head.IndexOf((byte)' ');
            ReadOnlySpan<byte> value = blank < 0 ? head : head[..blank];
            if (field == 4) { mount.Place = value; }
            if (field == 5) { options = value; }
            head = blank < 0 ? default : head[(blank + 1)..];
        }
        int space = tail.IndexOf((byte)' ');
        int last = tail.LastIndexOf((byte)' ');
        if (space < 0 || mount.Place.IsEmpty) { return false; }
        mount.Type = tail[..space];
        mount.SuperOptions = tail[(last + 1)..];
        mount.IsWritable = HasOption(options, "rw"u8) && HasOption(mount.SuperOptions, "rw"u8);
        return true;
    }

    public static bool HasOption(ReadOnlySpan<byte> options, ReadOnlySpan<byte> option)
    {
        while (!options.IsEmpty)
        {
            int comma = options.IndexOf((byte)',');
            if ((comma < 0 ? options : options[..comma]).SequenceEqual(option)) { return true; }
            options = comma < 0 ? default : options[(comma + 1)..];
        }
        return false;
    }

    /// <summary>The place with the kernel's \040 and the like resolved.</summary>
    public readonly ByteText PlaceText()
    {
        var text = new ByteBuilder(stackalloc byte[256]);
        _ = CEscape.TryUnescape(Place, ref text, relax: true);
        ByteText place = text.ToByteText();
        text.Dispose();
        return place;
    }
}
