using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Cgroups;

/// <summary>From units to group paths and back: text only. A group begins with "/", has no trailing one; the top is "/".</summary>
public static class CgroupPath
{
    public static readonly ByteText Top = new("/"u8);

    /// <summary>The group of a unit below the manager's root: /system.slice/foo.service; for a slice its own place in the tree of slices.</summary>
    /// <param name="root">Of the manager.</param>
    /// <param name="unit">Any unit that has a group.</param>
    /// <param name="slice">Where it lies; not looked at for a slice.</param>
    public static ByteText OfUnit(ByteText root, UnitName unit, UnitName slice)
    {
        var path = new ByteBuilder(stackalloc byte[512]);
        if (root != Top) { path.Append(root.Span); }
        AppendSlice(unit.Kind == UnitKind.Slice ? unit : slice, ref path);
        if (unit.Kind != UnitKind.Slice)
        {
            path.Append((byte)'/');
            AppendName(unit, ref path);
        }
        ByteText text = path.Length == 0 ? Top : path.ToByteText();
        path.Dispose();
        return text;
    }

    /// <summary>group + "/" + name; the name must be fit for a group (<see cref="Escape"/>).</summary>
    public static ByteText Child(ByteText group, ReadOnlySpan<byte> name)
    {
        var path = new ByteBuilder(stackalloc byte[512]);
        if (group != Top) { path.Append(group.Span); }
        path.Append((byte)'/');
        path.Append(name);
        ByteText text = path.ToByteText();
        path.Dispose();
        return text;
    }

    /// <summary>The group above; the top's is the top.</summary>
    public static ByteText Parent(ByteText group)
    {
        int slash = group.Span.LastIndexOf((byte)'/');
        return slash <= 0 ? Top : new ByteText(group.Span[..slash]);
    }

    /// <summary>A "_" in front of what could be taken for an attribute of the parent, or begins with "_" or ".".</summary>
    public static void Escape(scoped ReadOnlySpan<byte> name, ref ByteBuilder output)
    {
        if (NeedsEscape(name)) { output.Append((byte)'_'); }
        output.Append(name);
    }

    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> name) => !name.IsEmpty && name[0] == (byte)'_' ? name[1..] : name;

    /// <summary>
    /// The unit a group belongs to, as the manager with this root sees it: the first part that is no slice; if all are slices, the last one.
    /// /user.slice/user-1000.slice/user@1000.service/app.slice/x.service belongs to user@1000.service.
    /// </summary>
    public static bool TryToUnit(ReadOnlySpan<byte> group, ByteText root, out UnitName unit)
    {
        unit = default;
        if (!TryBelow(group, root, out ReadOnlySpan<byte> rest)) { return false; }
        UnitName slice = UnitName.Parse("-.slice"u8);
        while (NextPart(ref rest, out ReadOnlySpan<byte> part))
        {
            if (!UnitName.TryParse(Unescape(part), out UnitName name) || name.IsTemplate) { return false; }
            if (name.Kind != UnitKind.Slice)
            {
                unit = name;
                return true;
            }
            if (name.SliceParent != slice) { return false; }   // a group that is called like a slice, but does not lie where that one does
            slice = name;
        }
        unit = slice;
        return true;
    }

    /// <summary>The unit of a user's own manager: what follows its user@UID.service.</summary>
    public static bool TryToUserUnit(ReadOnlySpan<byte> group, ByteText root, out UnitName unit)
    {
        unit = default;
        if (!TryBelow(group, root, out ReadOnlySpan<byte> rest)) { return false; }
        while (NextPart(ref rest, out ReadOnlySpan<byte> part))
        {
            if (!UnitName.TryParse(Unescape(part), out UnitName name)) { return false; }
            if (name.Kind == UnitKind.Slice) { continue; }
            return name.Text.StartsWith("user@", StringComparison.Ordinal) && !rest.IsEmpty && TryToUnit(rest, Top, out unit) && unit.Kind != UnitKind.Slice;
        }
        return false;
    }

    /// <summary>The slice a unit's group lies in.</summary>
    public static bool TryToSlice(ReadOnlySpan<byte> group, ByteText root, out UnitName slice)
    {
        slice = UnitName.Parse("-.slice"u8);
        if (!TryBelow(group, root, out ReadOnlySpan<byte> rest)) { return false; }
        while (NextPart(ref rest, out ReadOnlySpan<byte> part) && UnitName.TryParse(Unescape(part), out UnitName name) && name.Kind == UnitKind.Slice) { slice = name; }
        return true;
    }

    public static bool IsBelow(ReadOnlySpan<byte> group, ByteText ancestor) => PathText.IsBelow(group, ancestor.Span);

    private static bool NeedsEscape(ReadOnlySpan<byte> name)
        => name.IsEmpty || name[0] is (byte)'_' or (byte)'.' || name.StartsWith("cgroup."u8) || name.SequenceEqual("notify_on_release"u8)
            || name.SequenceEqual("release_agent"u8) || name.SequenceEqual("tasks"u8) || ControllerNames.IsAttributePrefix(name);

    private static bool TryBelow(ReadOnlySpan<byte> group, ByteText root, out ReadOnlySpan<byte> rest)
    {
        rest = default;
        if (!IsBelow(group, root)) { return false; }
        rest = root == Top ? group : group[root.Length..];
        return true;
    }

    private static bool NextPart(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> part)
    {
        rest = rest.TrimStart((byte)'/');
        int slash = rest.IndexOf((byte)'/');
        part = slash < 0 ? rest : rest[..slash];
        rest = slash < 0 ? default : rest[slash..];
        return !part.IsEmpty;
    }

    /// <summary>-.slice adds nothing; a-b.slice adds /a.slice/a-b.slice.</summary>
    private static void AppendSlice(UnitName slice, ref ByteBuilder path)
    {
        UnitName parent = slice.SliceParent;
        if (!parent.IsValid) { return; }
        AppendSlice(parent, ref path);
        path.Append((byte)'/');
        AppendName(slice, ref path);
    }

    private static void AppendName(UnitName name, ref ByteBuilder path)
    {
        var text = new ByteBuilder(stackalloc byte[UnitName.MaxLength + 1]);
        name.AppendTo(ref text);
        Escape(text.Written, ref path);
        text.Dispose();
    }
}
