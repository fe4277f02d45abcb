using System.Buffers.Text;
using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.Executor;

/// <summary>
/// Users and groups by name: /etc/passwd and /etc/group read here (that is all a boot needs), the C library's lookup, and so NSS, only
/// for names that are not there. passwd(5), group(5).
/// </summary>
internal static unsafe class Accounts
{
    private const int BufferSize = 65536;

    /// <summary>Whom the kernel shows for numbers that have no meaning here. nss-systemd(8): without a home, whatever a file says.</summary>
    private const uint Nobody = 65534;

    /// <param name="name">A name or a decimal number.</param>
    /// <returns>ESRCH when there is none.</returns>
    public static Result<Account> User(ByteText name)
    {
        bool byNumber = TryNumber(name, out uint uid);
        if (!byNumber && name.Span.SequenceEqual("root"u8) || byNumber && uid == 0)
        {
            // root must work without any file.
            return FromFile(name, false, 0) ?? new Account(new ByteText("root"u8), 0, 0, new ByteText("/root"u8), new ByteText("/bin/sh"u8));
        }
        if ((byNumber ? uid == Nobody : name.Span.SequenceEqual("nobody"u8)) && !Sys.Exists("/etc/systemd/dont-synthesize-nobody"u8))
        {
            return new Account(new ByteText("nobody"u8), Nobody, Nobody, default, default);
        }
        Account? found = FromFile(name, byNumber, uid) ?? FromLibrary(name, byNumber, uid);
        if (found is not null) { return found; }
        return Errno.ESRCH;
    }

    public static Result<uint> Group(ByteText name)
    {
        bool byNumber = TryNumber(name, out uint gid);
        if (name.Span.SequenceEqual("root"u8) || (byNumber && gid == 0)) { return 0u; }
        Result<byte[]> file = Sys.ReadFile(new ByteText("/etc/group"u8));
        if (!file.Failed)
        {
            ReadOnlySpan<byte> text = file.Value;
            foreach (Range range in text.Split((byte)'\n'))
            {
                ReadOnlySpan<byte> line = text[range];
                bool named = byNumber ? Part(line, 2).SequenceEqual(name.Span) : line.StartsWith(name.Span) && line.Length > name.Length && line[name.Length] == (byte)':';
                if (!named) { continue; }
                if (Utf8Parser.TryParse(Part(line, 2), out uint id, out _)) { return id; }
            }
        }
        byte* buffer = (byte*)NativeMemory.Alloc(BufferSize);
        group entry;
        group* result = null;
        if (byNumber) { _ = LibC.getgrgid_r(gid, &entry, buffer, BufferSize, &result); }
        else fixed (byte* n = name.CString) { _ = LibC.getgrnam_r(n, &entry, buffer, BufferSize, &result); }
        return result == null ? Errno.ESRCH : result->gr_gid;
    }

    /// <summary>The groups of a user as login(1) would set them, its own first.</summary>
    public static uint[] GroupsOf(ByteText user, uint gid)
    {
        List<uint> groups = [gid];
        Result<byte[]> nsswitch = Sys.ReadFile(new ByteText("/etc/nsswitch.conf"u8));
        if (!nsswitch.Failed && AsksElsewhere(nsswitch.Value))
        {
            int count = 1024;
            uint* list = stackalloc uint[1024];
            int r;
            fixed (byte* n = user.CString) { r = LibC.getgrouplist(n, gid, list, &count); }
            if (r >= 0) { return new ReadOnlySpan<uint>(list, count).ToArray(); }
        }
        Result<byte[]> file = Sys.ReadFile(new ByteText("/etc/group"u8));
        if (file.Failed) { return [gid]; }
        ReadOnlySpan<byte> text = file.Value;
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range];
            ReadOnlySpan<byte> members = Part(line, 3);
            if (members.IsEmpty || !Contains(members, user.Span)) { continue; }
            if (Utf8Parser.TryParse(Part(line, 2), out uint id, out _) && !groups.Contains(id)) { groups.Add(id); }
        }
        return [.. groups];
    }

    public static bool TryNumber(ByteText name, out uint number) =>
        Utf8Parser.TryParse(name.Span, out number, out int used) && used == name.Length && number != uint.MaxValue;

    private static bool Contains(ReadOnlySpan<byte> list, ReadOnlySpan<byte> name)
    {
        foreach (Range range in list.Split((byte)','))
        {
            if (list[range].SequenceEqual(name)) { return true; }
        }
        return false;
    }

    /// <summary>Whether group membership comes from more than files (and systemd's own module, which has no members for ordinary users).</summary>
    private static bool AsksElsewhere(ReadOnlySpan<byte> nsswitch)
    {
        foreach (Range range in nsswitch.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = nsswitch[range];
            if (!line.StartsWith("group:"u8) && !line.StartsWith("initgroups:"u8)) { continue; }
            ReadOnlySpan<byte> sources = line[(line.IndexOf((byte)':') + 1)..];
            foreach (Range word in sources.SplitAny(" \t"u8))
            {
                ReadOnlySpan<byte> source = sources[word];
                bool known = source.IsEmpty || source[0] == (byte)'[' || source.SequenceEqual("files"u8) || source.SequenceEqual("systemd"u8)
                    || source.SequenceEqual("compat"u8);
                if (!known) { return true; }
            }
        }
        return false;
    }

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> line, int index)
    {
        for (; index > 0; index--)
        {
            int colon = line.IndexOf((byte)':');
            if (colon < 0) { return default; }
            line = line[(colon + 1)..];
        }
        int end = line.IndexOf((byte)':');
        return end < 0 ? line : line[..end];
    }

    private static Account? FromFile(ByteText name, bool byNumber, uint uid)
    {
        Result<byte[]> file = Sys.ReadFile(new ByteText("/etc/passwd"u8));
        if (file.Failed) { return null; }
        ReadOnlySpan<byte> text = file.Value;
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range];
            if (!byNumber && !line.StartsWith(name.Span)) { continue; }
            if (line.IsEmpty || line[0] is (byte)'+' or (byte)'-' or (byte)'#') { continue; }
            ReadOnlySpan<byte> entry = Part(line, 0);
            if (!Utf8Parser.TryParse(Part(line, 2), out uint id, out _) || !Utf8Parser.TryParse(Part(line, 3), out uint gid, out _)) { continue; }
            if (byNumber ? id != uid : !entry.SequenceEqual(name.Span)) { continue; }
            return Clean(entry, id, gid, Part(line, 5), Part(line, 6));
        }
        return null;
    }

    private static Account? FromLibrary(ByteText name, bool byNumber, uint uid)
    {
        byte* buffer = (byte*)NativeMemory.Alloc(BufferSize);
        passwd entry;
        passwd* result = null;
        if (byNumber) { _ = LibC.getpwuid_r(uid, &entry, buffer, BufferSize, &result); }
        else
        {
            fixed (byte* n = name.CString) { _ = LibC.getpwnam_r(n, &entry, buffer, BufferSize, &result); }
        }
        return result == null ? null : Clean(Text(entry.pw_name), entry.pw_uid, entry.pw_gid, Text(entry.pw_dir), Text(entry.pw_shell));
    }

    private static ReadOnlySpan<byte> Text(byte* s) => s == null ? default : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(s);

    /// <summary>A home of "/" and a shell that only says no are as good as none: HOME and SHELL stay unset.</summary>
    private static Account Clean(ReadOnlySpan<byte> name, uint uid, uint gid, ReadOnlySpan<byte> home, ReadOnlySpan<byte> shell)
    {
        if (home.Length < 2 || home[0] != (byte)'/') { home = default; }
        if (shell.IsEmpty || shell[0] != (byte)'/' || shell.EndsWith("/nologin"u8) || shell.EndsWith("bin/false"u8) || shell.EndsWith("bin/true"u8))
        {
            shell = default;
        }
        return new Account(name, uid, gid, home, shell);
    }
}
