using System.Buffers.Text;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>RemoveIPC=: what a user has left in System V and POSIX IPC. Only the kernel's own file systems are read. sysvipc(7), shm_overview(7), mq_overview(7).</summary>
internal static unsafe class IpcObjects
{
    private const int IPC_RMID = 0;
    private static readonly (int X64, int Arm64) s_shmctl = (31, 195), s_semctl = (66, 191), s_msgctl = (71, 187);

    public static void RemoveOf(uint uid)
    {
        if (uid is 0 or 65534) { return; }
        RemoveSysV("/proc/sysvipc/shm"u8, uid, 7, s_shmctl, false);
        RemoveSysV("/proc/sysvipc/sem"u8, uid, 4, s_semctl, true);
        RemoveSysV("/proc/sysvipc/msg"u8, uid, 7, s_msgctl, false);
        RemoveFiles("/dev/shm"u8, uid);
        RemoveFiles("/dev/mqueue"u8, uid);
    }

    /// <param name="column">Which column is the owner; the second is always the identifier.</param>
    /// <param name="isSet">A semaphore set: the command is the third argument, not the second.</param>
    private static void RemoveSysV(ByteText table, uint uid, int column, (int X64, int Arm64) call, bool isSet)
    {
        Result<byte[]> content = Sys.ReadFile(table);
        if (content.Failed) { return; }
        ReadOnlySpan<byte> text = content.Value;
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range];
            if (Column(line, 1) is not { } id || Column(line, column) is not { } owner || owner != uid) { continue; }
            nint number = LibC.IsArm64 ? call.Arm64 : call.X64;
            _ = isSet ? LibC.syscall(number, (nint)id, 0, IPC_RMID, 0) : LibC.syscall(number, (nint)id, IPC_RMID, 0);
        }
    }

    private static long? Column(ReadOnlySpan<byte> line, int wanted)
    {
        for (int at = 0; ; at++)
        {
            line = line.TrimStart((byte)' ');
            if (line.IsEmpty) { return null; }
            int end = line.IndexOf((byte)' ');
            ReadOnlySpan<byte> word = end < 0 ? line : line[..end];
            if (at == wanted) { return Utf8Parser.TryParse(word, out long value, out int used) && used == word.Length ? value : null; }
            line = line[word.Length..];
        }
    }

    private static void RemoveFiles(ByteText directory, uint uid)
    {
        Result<DirectoryReader> open = Sys.OpenDirectory(directory);
        if (open.Failed) { return; }
        using DirectoryReader reader = open.Value;
        foreach (DirectoryEntry entry in reader)
        {
            var path = new ByteText([.. directory.Span, (byte)'/', .. entry.Name]);
            Result<FileStat> stat = Sys.Stat(path, followLinks: false);
            if (!stat.Failed && stat.Value.Uid == uid && !stat.Value.IsDirectory) { _ = Sys.Unlink(path); }
        }
    }
}
