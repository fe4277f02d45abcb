using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Mount;

/// <summary>Words of an option list, "rw,nofail,x-systemd.device-bound=yes". fstab(5), mount(8), systemd.mount(5).</summary>
public static class MountOptions
{
    private static readonly string[] s_network =
    [
        "afs", "ceph", "cifs", "smb3", "smbfs", "sshfs", "ncpfs", "ncp", "nfs", "nfs4", "gfs", "gfs2", "glusterfs", "pvfs2", "ocfs2", "lustre", "davfs",
    ];

    public static bool Has(ByteText options, ReadOnlySpan<byte> name) => TryGet(options, name, out _);

    /// <summary>The last of that name wins; without "=" the value is empty.</summary>
    public static bool TryGet(ByteText options, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        bool found = false;
        value = default;
        ReadOnlySpan<byte> rest = options.Span;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> word = Take(ref rest);
            if (!word.StartsWith(name)) { continue; }
            if (word.Length == name.Length) { value = default; }
            else if (word[name.Length] == (byte)'=') { value = word[(name.Length + 1)..]; }
            else { continue; }
            found = true;
        }
        return found;
    }

    /// <summary>What mount(8) is given: without the words that speak to the manager only.</summary>
    public static ByteText ForMount(ByteText options)
    {
        var kept = new ByteBuilder(stackalloc byte[512]);
        ReadOnlySpan<byte> rest = options.Span;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> word = Take(ref rest);
            if (word.IsEmpty || word.SequenceEqual("nofail"u8) || word.SequenceEqual("noauto"u8) || word.SequenceEqual("auto"u8)) { continue; }
            if (kept.Length > 0) { kept.Append((byte)','); }
            kept.Append(word);
        }
        ByteText text = kept.ToByteText();
        kept.Dispose();
        return text;
    }

    /// <summary>The kernel's two lists as one: read-only if either says so, each word once, then what utab adds.</summary>
    public static ByteText Merge(ReadOnlySpan<byte> ofMount, ReadOnlySpan<byte> ofFileSystem, ReadOnlySpan<byte> noted)
    {
        var all = new ByteBuilder(stackalloc byte[512]);
        bool readOnly = IsReadOnly(ofMount) || IsReadOnly(ofFileSystem);
        all.Append(readOnly ? "ro"u8 : "rw"u8);
        AppendWords(ref all, ofMount);
        AppendWords(ref all, ofFileSystem);
        AppendWords(ref all, noted);
        ByteText text = all.ToByteText();
        all.Dispose();
        return text;
    }

    /// <summary>_netdev, or a file system that lives on a server.</summary>
    public static bool IsNetwork(ByteText type, ByteText options)
    {
        if (Has(options, "_netdev"u8)) { return true; }
        ReadOnlySpan<byte> name = type.StartsWith("fuse."u8) ? type.Span[5..] : type.Span;
        foreach (string one in s_network)
        {
            if (System.Text.Ascii.Equals(name, one)) { return true; }
        }
        return false;
    }

    public static bool IsBind(ByteText type, ByteText options) =>
        Has(options, "bind"u8) || Has(options, "rbind"u8) || type.Span.SequenceEqual("bind"u8) || type.Span.SequenceEqual("rbind"u8);

    public static bool IsLoop(ByteText options) => Has(options, "loop"u8);

    public static bool NeedsQuota(ByteText options) =>
        Has(options, "usrquota"u8) || Has(options, "grpquota"u8) || Has(options, "quota"u8) || Has(options, "usrjquota"u8) || Has(options, "grpjquota"u8);

    /// <summary>x-systemd.device-bound: null if it is not there; without a value it is a yes.</summary>
    public static bool? DeviceBound(ByteText options)
    {
        if (!TryGet(options, "x-systemd.device-bound"u8, out ReadOnlySpan<byte> value)) { return null; }
        return value.IsEmpty || value.SequenceEqual("yes"u8) || value.SequenceEqual("true"u8) || value.SequenceEqual("1"u8) || value.SequenceEqual("on"u8)
            || value.SequenceEqual("y"u8) || value.SequenceEqual("t"u8);
    }

    private static bool IsReadOnly(ReadOnlySpan<byte> list)
    {
        while (!list.IsEmpty)
        {
            if (Take(ref list).SequenceEqual("ro"u8)) { return true; }
        }
        return false;
    }

    private static void AppendWords(ref ByteBuilder all, ReadOnlySpan<byte> list)
    {
        while (!list.IsEmpty)
        {
            ReadOnlySpan<byte> word = Take(ref list);
            if (word.IsEmpty || word.SequenceEqual("rw"u8) || word.SequenceEqual("ro"u8) || HasWord(all.Written, word)) { continue; }
            all.Append((byte)',');
            all.Append(word);
        }
    }

    private static bool HasWord(ReadOnlySpan<byte> list, ReadOnlySpan<byte> word)
    {
        while (!list.IsEmpty)
        {
            if (Take(ref list).SequenceEqual(word)) { return true; }
        }
        return false;
    }

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> list)
    {
        int end = list.IndexOf((byte)',');
        ReadOnlySpan<byte> word = end < 0 ? list : list[..end];
        list = end < 0 ? default : list[(end + 1)..];
        return word;
    }
}
