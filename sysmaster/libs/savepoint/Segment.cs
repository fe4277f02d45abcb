using SysMaster.Linux;

namespace SysMaster.Savepoint;

/// <summary>One sealed memfd of the log.</summary>
internal sealed unsafe class Segment(OwnedFd fd, long size) : IDisposable
{
    private const int SealsOfSize = 1 | 2 | 4;   // F_SEAL_SEAL, SHRINK, GROW
    private static readonly int SYS_fallocate = LibC.IsArm64 ? 47 : 285;
    private static readonly int SYS_lseek = LibC.IsArm64 ? 62 : 8;

    public Fd Fd => fd.Fd;

    public long Size => size;

    /// <summary>All its memory is taken now, so that no later write can be refused. Not CLOEXEC-free: whoever keeps it has a copy.</summary>
    public static Result<Segment> Create(long size)
    {
        fixed (byte* name = "sysmaster-savepoint"u8)
        {
            int number = LibC.memfd_create(name, LibC.MFD_CLOEXEC | LibC.MFD_ALLOW_SEALING);
            if (number < 0) { return Errno.Last; }
            var fd = new OwnedFd(number);
            if (LibC.ftruncate(number, size) != 0
                || LibC.syscall(SYS_fallocate, number, 0, 0, (nint)size) != 0
                || LibC.fcntl(number, LibC.F_ADD_SEALS, SealsOfSize) != 0)
            {
                Errno e = Errno.Last;
                fd.Dispose();
                return e;
            }
            return new Segment(fd, size);
        }
    }

    public static Result<Segment> Adopt(OwnedFd fd)
    {
        const int end = 2;
        nint size = LibC.syscall(SYS_lseek, fd.Value, 0, end);
        if (size >= SavepointLog.MinSegment) { return new Segment(fd, size); }
        Errno e = size < 0 ? Errno.Last : Errno.EBADMSG;
        fd.Dispose();
        return e;
    }

    /// <summary>Reads up to the end of the segment.</summary>
    public Result<int> Read(long offset, Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, size - offset);
        int done = 0;
        fixed (byte* p = buffer)
        {
            while (done < wanted)
            {
                nint n = LibC.pread(Fd.Value, p + done, (nuint)(wanted - done), offset + done);
                if (n < 0 && Errno.Last == Errno.EINTR) { continue; }
                if (n < 0) { return Errno.Last; }
                if (n == 0) { break; }
                done += (int)n;
            }
        }
        return done;
    }

    public Errno Write(long offset, ReadOnlySpan<byte> bytes)
    {
        int done = 0;
        fixed (byte* p = bytes)
        {
            while (done < bytes.Length)
            {
                nint n = LibC.pwrite(Fd.Value, p + done, (nuint)(bytes.Length - done), offset + done);
                if (n < 0 && Errno.Last == Errno.EINTR) { continue; }
                if (n < 0) { return Errno.Last; }
                done += (int)n;
            }
        }
        return Errno.None;
    }

    public Errno WriteHeader(uint state, ulong sequence)
    {
        Span<byte> header = stackalloc byte[SegmentFormat.HeaderSize];
        SegmentFormat.WriteHeader(header, state, sequence, size);
        return Write(0, header);
    }

    public SegmentState ReadHeader(out ulong sequence)
    {
        Span<byte> header = stackalloc byte[SegmentFormat.HeaderSize];
        Result<int> n = Read(0, header);
        sequence = 0;
        if (n.Failed || n.Value < header.Length) { return SegmentState.Unsound; }
        SegmentState state = SegmentFormat.ReadHeader(header, size, out sequence);
        if (state is not (SegmentState.Unsound or SegmentState.Foreign) || !SegmentFormat.RepairHeader(header)) { return state; }
        SegmentState repaired = SegmentFormat.ReadHeader(header, size, out ulong number);
        if (repaired is not (SegmentState.Complete or SegmentState.Filling) || Write(0, header).Failed) { return state; }
        sequence = number;
        return repaired;
    }

    public void Dispose() => fd.Dispose();
}
