using System.Buffers.Binary;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>UtmpIdentifier=, UtmpMode=: the line in utmp and wtmp that getty and login take over. utmp(5); best effort, as everywhere.</summary>
internal static unsafe class Utmp
{
    // struct utmp has 32-bit times and session on x86-64 (shared with i386), 64-bit ones on arm64.
    private static int Size => LibC.IsArm64 ? 400 : 384;
    private const int InitProcess = 5;
    private const int LoginProcess = 6;
    private const int UserProcess = 7;

    public static void Write(Setup s)
    {
        ExecRequest r = s.Request;
        if (r.UtmpIdentifier.IsEmpty) { return; }
        Span<byte> record = stackalloc byte[Size];
        record.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], s.Pid);
        ReadOnlySpan<byte> line = r.TtyPath.StartsWith("/dev/"u8) ? r.TtyPath.Span[5..] : r.TtyPath.Span;
        Fill(record.Slice(8, 32), line, false);
        Fill(record.Slice(40, 4), r.UtmpIdentifier.Span, true);
        BinaryPrimitives.WriteInt32LittleEndian(record[336..], s.Pid);   // session: we have called setsid
        timespec now;
        _ = LibC.clock_gettime(LibC.CLOCK_REALTIME, &now);
        BinaryPrimitives.WriteInt32LittleEndian(record[(LibC.IsArm64 ? 344 : 340)..], (int)now.tv_sec);
        BinaryPrimitives.WriteInt32LittleEndian(record[(LibC.IsArm64 ? 352 : 344)..], (int)(now.tv_nsec / 1000));

        Put(record, InitProcess);
        if (r.UtmpMode != ExecUtmpMode.Init) { Put(record, LoginProcess); }
        if (r.UtmpMode == ExecUtmpMode.User)
        {
            Fill(record.Slice(44, 32), s.User is null ? "root"u8 : s.User.Name.Span, false);
            Put(record, UserProcess);
        }
    }

    private static void Put(Span<byte> record, short type)
    {
        BinaryPrimitives.WriteInt16LittleEndian(record, type);
        Replace(record);
        _ = Sys.WriteFile(new ByteText("/var/log/wtmp"u8), record, LibC.O_WRONLY | LibC.O_APPEND);
    }

    /// <summary>Over the record of the same id, else at the end.</summary>
    private static void Replace(ReadOnlySpan<byte> record)
    {
        Result<OwnedFd> open = Sys.Open(new ByteText("/run/utmp"u8), LibC.O_RDWR);
        if (open.Failed) { return; }
        using OwnedFd file = open.Value;
        byte* have = stackalloc byte[Size];
        long at = 0;
        while (LibC.pread(file.Value, have, (nuint)Size, at) == Size)
        {
            bool process = *(short*)have is >= InitProcess and <= UserProcess + 1;
            if (process && new ReadOnlySpan<byte>(have + 40, 4).SequenceEqual(record.Slice(40, 4))) { break; }
            at += Size;
        }
        fixed (byte* p = record) { _ = LibC.pwrite(file.Value, p, (nuint)Size, at); }
    }

    // The end of an id tells more than its beginning.
    private static void Fill(Span<byte> field, ReadOnlySpan<byte> text, bool tail)
    {
        field.Clear();
        if (text.Length > field.Length) { text = tail ? text[^field.Length..] : text[..field.Length]; }
        text.CopyTo(field);
    }
}
