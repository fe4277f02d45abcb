using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// PrivateTmp='s directories on the host, /tmp/systemd-private-BOOTID-UNIT-XXXXXX/tmp: the core's, shared by the unit's processes, else made
/// here for this one. Removing them is the core's.
/// </summary>
internal static unsafe class PrivateTmp
{
    public static void Make(Setup s, out ByteText tmp, out ByteText varTmp)
    {
        ExecRequest r = s.Request;
        tmp = r.PrivateTmpDirectory;
        varTmp = r.PrivateVarTmpDirectory;
        if (!r.PrivateTmp) { return; }
        if (tmp.IsEmpty) { tmp = Make(r, "/tmp/systemd-private-"u8); }
        if (varTmp.IsEmpty) { varTmp = Make(r, "/var/tmp/systemd-private-"u8); }
    }

    private static ByteText Make(ExecRequest r, ReadOnlySpan<byte> prefix)
    {
        Span<byte> name = stackalloc byte[512];
        int at = 0;
        Append(name, ref at, prefix);
        BootId(name, ref at);
        Append(name, ref at, "-"u8);
        Append(name, ref at, r.Unit.Span[..Math.Min(r.Unit.Length, 255)]);
        Append(name, ref at, "-"u8);
        _ = Native.umask(0x3F);
        for (int attempt = 0; attempt < 100; attempt++)
        {
            Random(name.Slice(at, 6));
            var directory = new ByteText(name[..(at + 6)]);
            Errno made = Sys.Mkdir(directory, 0x1C0);
            if (made == Errno.EEXIST) { continue; }
            ByteText inner = Paths.Join(directory, "tmp"u8);
            if (!made.Failed) { made = Sys.Mkdir(inner, 0x1FF); }
            if (!made.Failed) { made = Paths.Chmod(inner, 0x3FF); }   // 1777
            if (made.Failed) { Report.Fail(ExecStatus.Namespace, made, directory); }
            return inner;
        }
        Report.Fail(ExecStatus.Namespace, Errno.EEXIST, "Failed to set up mount namespacing"u8);
        return default;
    }

    private static void Append(Span<byte> name, ref int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(name[at..]);
        at += text.Length;
    }

    private static void BootId(Span<byte> name, ref int at)
    {
        Result<byte[]> id = Sys.ReadFile(new ByteText("/proc/sys/kernel/random/boot_id"u8));
        if (id.Failed) { Report.Fail(ExecStatus.Namespace, id.Error, "Failed to set up mount namespacing"u8); }
        foreach (byte c in id.Value)
        {
            if (c is not ((byte)'-' or (byte)'\n')) { name[at++] = c; }
        }
    }

    private static void Random(Span<byte> name)
    {
        ReadOnlySpan<byte> letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789AB"u8;
        fixed (byte* p = name) { _ = LibC.syscall(LibC.IsArm64 ? 278 : 318, (nint)p, name.Length, 0); }   // getrandom
        foreach (ref byte c in name) { c = letters[c & 63]; }
    }
}
