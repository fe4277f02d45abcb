using SysMaster.Linux;

namespace SysMaster.Savepoint.Tests;

/// <summary>Making logs, and opening what another process would find: copies of the memfds, or bytes of our own.</summary>
internal static unsafe class Logs
{
    public static SavepointLog New(int size = SavepointLog.MinSegment) => SavepointLog.Create(size).Value;

    public static void Put(this SavepointLog log, ushort kind, string key, ulong value)
    {
        using RecordWriter w = log.Stage(kind, System.Text.Encoding.UTF8.GetBytes(key));
        w.Write(1, value);
    }

    public static void Remove(this SavepointLog log, ushort kind, string key) => log.StageRemoval(kind, System.Text.Encoding.UTF8.GetBytes(key));

    public static OwnedFd Duplicate(Fd fd) => new(LibC.fcntl(fd.Value, LibC.F_DUPFD_CLOEXEC, 0));

    /// <summary>As after a crash: the writer's object is forgotten, its memfds are not.</summary>
    public static SavepointLog Reopen(SavepointLog log, out SavepointReport report) =>
        SavepointLog.Open(Duplicate(log.SegmentFd(0)), Duplicate(log.SegmentFd(1)), out report).Value;

    public static byte[] Bytes(Fd fd, int length)
    {
        byte[] bytes = new byte[length];
        fixed (byte* p = bytes) { LibC.pread(fd.Value, p, (nuint)length, 0).Should().Be(length); }
        return bytes;
    }

    public static OwnedFd Memfd(ReadOnlySpan<byte> content, long size = SavepointLog.MinSegment)
    {
        fixed (byte* name = "test"u8, p = content)
        {
            int fd = LibC.memfd_create(name, LibC.MFD_CLOEXEC);
            LibC.ftruncate(fd, size).Should().Be(0);
            LibC.pwrite(fd, p, (nuint)content.Length, 0).Should().Be(content.Length);
            return new OwnedFd(fd);
        }
    }
}
