using SysMaster.Linux;

namespace SysMaster.Savepoint;

/// <summary>What the process was at when a crumb lies there.</summary>
public enum CrumbKind : uint
{
    None = 0,

    /// <summary>A message: the name of its sender, its serial.</summary>
    Message = 1,

    /// <summary>A unit's record, or an effect of the unit: its name.</summary>
    Unit = 2,
}

/// <summary>
/// Marks that outlive the process and cost a store, no system call: a small memfd, all of it allocated, mapped shared, kept by somebody
/// else. It says what the log cannot, since it happens between two commits.
/// <code>
///   0     magic u64   8 processes in a row that died by themselves u32   12 the log is behind u32   16 when this one stood u64   24 when it was last seen at work u64
///   64    the crumb: kind u32, number u32, length u32, 0, name      what is being worked on; cleared at the end of the turn
///   512   8 suspects, each a crumb with a count in place of the 0   whom earlier processes died at
///   4096  the transfer that was begun last: number of the connection + 1 u32, sequence of its record u32, where it began i64, where it stands i64
///   8192  cells of 8 bytes, one for each connection: landing bytes of even and odd sequences, half-sent mark, 0, sent sequence u32
/// </code>
/// A landing byte is where the kernel puts the first byte of input that is being taken from a socket: it is set to something else before.
/// </summary>
public sealed unsafe class Ledger : IDisposable
{
    public const int Cells = 4097;

    private const ulong Magic = 0x31_65_67_64_65_6c_6d_73;   // "smledge1"
    private const int FailuresAt = 8, BehindAt = 12, StoodAt = 16, SeenAt = 24, CrumbAt = 64, SuspectsAt = 512, Suspects = 8, TransferAt = 4096, CrumbSize = 288, NameAt = 16, NameMax = 255, CellsAt = 8192;
    private const int Size = 48 * 1024;

    /// <summary>Who has worked for so long with this state does not die of having read it.</summary>
    public const long StandsUsec = 2_000_000;

    /// <summary>Who has worked for so long clears the suspects of before: what kills now is counted from one again.</summary>
    public const long HealthyUsec = 30_000_000;

    private static readonly int SYS_mmap = LibC.IsArm64 ? 222 : 9;
    private static readonly int SYS_munmap = LibC.IsArm64 ? 215 : 11;
    private static readonly int SYS_fallocate = LibC.IsArm64 ? 47 : 285;

    private readonly OwnedFd _fd;
    private readonly byte* _base;

    private Ledger(OwnedFd fd, byte* mapped)
    {
        _fd = fd;
        _base = mapped;
    }

    public Fd Fd => _fd.Fd;

    public static Result<Ledger> Create()
    {
        fixed (byte* name = "sysmaster-ledger"u8)
        {
            int number = LibC.memfd_create(name, LibC.MFD_CLOEXEC);
            if (number < 0) { return Errno.Last; }
            var fd = new OwnedFd(number);
            // Allocated now: a page that memory is missing for later would be a fault.
            if (LibC.syscall(SYS_fallocate, number, 0, 0, Size) == 0) { return Map(fd); }
            Errno e = Errno.Last;
            fd.Dispose();
            return e;
        }
    }

    /// <summary>The one of an earlier process; its descriptor is ours from here on.</summary>
    /// <returns>EBADMSG: not one that this build can read.</returns>
    public static Result<Ledger> Adopt(OwnedFd fd)
    {
        byte probe;
        Result<Ledger> mapped = LibC.pread(fd.Value, &probe, 1, Size - 1) == 1 ? Map(fd) : Errno.EBADMSG;
        if (mapped.Failed || *(ulong*)mapped.Value._base == Magic) { return mapped; }
        mapped.Value.Dispose();
        return Errno.EBADMSG;
    }

    /// <summary>Where the first byte of the input lands that the connection's record of this sequence speaks of.</summary>
    public ref byte Landing(int cell, uint sequence) => ref Cell(cell)[sequence & 1];

    /// <summary>Not zero while a part of a message has left and the rest has not.</summary>
    public ref byte Half(int cell) => ref Cell(cell)[2];

    /// <summary>The last sequence whose output has left as a whole.</summary>
    public ref uint Sent(int cell) => ref *(uint*)(Cell(cell) + 4);

    public void ClearCell(int cell) => *(ulong*)Cell(cell) = 0;

    /// <summary>
    /// A transfer that must not be made twice begins: what is returned is for sendfile(2), which moves it in the same call that hands the bytes over.
    /// </summary>
    public ref long BeginTransfer(int number, uint sequence, long at)
    {
        byte* transfer = _base + TransferAt;
        Volatile.Write(ref *(uint*)transfer, 0);
        ((long*)transfer)[1] = ((long*)transfer)[2] = at;
        ((uint*)transfer)[1] = sequence;
        Volatile.Write(ref *(uint*)transfer, (uint)number + 1);
        return ref ((long*)transfer)[2];
    }

    /// <summary>How many bytes have left of what that record speaks of; zero too when another transfer was the last.</summary>
    public int Transferred(int number, uint sequence)
    {
        byte* transfer = _base + TransferAt;
        return ((uint*)transfer)[0] == (uint)number + 1 && ((uint*)transfer)[1] == sequence ? (int)(((long*)transfer)[2] - ((long*)transfer)[1]) : 0;
    }

    /// <summary>From now on this is what we are at.</summary>
    public void Point(CrumbKind kind, ReadOnlySpan<byte> name, uint number)
    {
        SeeWork();
        Write(_base + CrumbAt, CrumbKind.None, name, number);
        *(CrumbKind*)(_base + CrumbAt) = kind;   // last: a crumb is whole or not there
    }

    /// <summary>The same for a unit's name.</summary>
    public void Point(CrumbKind kind, string name)
    {
        SeeWork();
        byte* crumb = _base + CrumbAt;
        *(CrumbKind*)crumb = CrumbKind.None;
        int length = Math.Min(name.Length, NameMax);
        for (int i = 0; i < length; i++) { crumb[NameAt + i] = (byte)name[i]; }
        ((uint*)crumb)[1] = 0;
        ((uint*)crumb)[2] = (uint)length;
        *(CrumbKind*)crumb = kind;
    }

    /// <summary>The turn is over and well.</summary>
    public void Clear()
    {
        SeeWork();
        *(CrumbKind*)(_base + CrumbAt) = CrumbKind.None;
    }

    /// <summary>All state is read and taken up: from here on it is work.</summary>
    public void Stand() => *(long*)(_base + StoodAt) = *(long*)(_base + SeenAt) = Now();

    /// <summary>
    /// A new process begins: what the last one was at becomes a suspect, if it was the last one's own doing that it died. One that had worked
    /// well before did not die of its state as a whole; one that had done so for long, not of what others before it had died of either.
    /// </summary>
    public void Judge(bool ownFault)
    {
        byte* crumb = _base + CrumbAt;
        long worked = *(long*)(_base + StoodAt) == 0 ? 0 : *(long*)(_base + SeenAt) - *(long*)(_base + StoodAt);
        if (worked >= HealthyUsec) { Acquit(); }
        if (*(CrumbKind*)crumb != CrumbKind.None && ownFault) { Count(crumb); }
        Failures = !ownFault ? 0 : worked >= StandsUsec ? 1 : Failures + 1;
        *(long*)(_base + StoodAt) = 0;
        *(CrumbKind*)crumb = CrumbKind.None;
    }

    private void SeeWork() => *(long*)(_base + SeenAt) = Now();

    private static long Now()
    {
        timespec now;
        _ = LibC.clock_gettime(LibC.CLOCK_MONOTONIC, &now);
        return (now.tv_sec * 1_000_000) + (now.tv_nsec / 1000);
    }

    /// <summary>How many processes in a row had begun with this state and died by themselves.</summary>
    public uint Failures
    {
        get => *(uint*)(_base + FailuresAt);
        private set => *(uint*)(_base + FailuresAt) = value;
    }

    /// <summary>A batch could not be written: what the log says of processes may be older than what was done to them.</summary>
    public bool LogIsBehind
    {
        get => *(uint*)(_base + BehindAt) != 0;
        set => *(uint*)(_base + BehindAt) = value ? 1u : 0;
    }

    /// <summary>How many processes died at it.</summary>
    public int Deaths(CrumbKind kind, ReadOnlySpan<byte> name, uint number)
    {
        for (int i = 0; i < Suspects; i++)
        {
            byte* suspect = Suspect(i);
            if (*(CrumbKind*)suspect == kind && ((uint*)suspect)[1] == number && NameOf(suspect).SequenceEqual(name)) { return (int)((uint*)suspect)[3]; }
        }
        return 0;
    }

    /// <summary>Nobody is suspected of anything any more.</summary>
    public void Acquit() => new Span<byte>(Suspect(0), Suspects * CrumbSize).Clear();

    /// <summary>There is a suspect with this many deaths.</summary>
    public bool HasSuspect(CrumbKind kind, int deaths)
    {
        for (int i = 0; i < Suspects; i++)
        {
            if (*(CrumbKind*)Suspect(i) == kind && ((uint*)Suspect(i))[3] >= deaths) { return true; }
        }
        return false;
    }

    public void Dispose()
    {
        _ = LibC.syscall(SYS_munmap, (nint)_base, Size);
        _fd.Dispose();
    }

    private static Result<Ledger> Map(OwnedFd fd)
    {
        const int readWrite = 3, shared = 1;
        nint at = LibC.syscall(SYS_mmap, 0, Size, readWrite, shared, fd.Value, 0);
        if (at == -1)
        {
            Errno e = Errno.Last;
            fd.Dispose();
            return e;
        }
        if (*(ulong*)at == 0) { *(ulong*)at = Magic; }
        return new Ledger(fd, (byte*)at);
    }

    private void Count(byte* crumb)
    {
        var kind = *(CrumbKind*)crumb;
        uint number = ((uint*)crumb)[1];
        byte* place = Suspect(0);
        for (int i = 0; i < Suspects; i++)
        {
            byte* suspect = Suspect(i);
            if (*(CrumbKind*)suspect == kind && ((uint*)suspect)[1] == number && NameOf(suspect).SequenceEqual(NameOf(crumb)))
            {
                ((uint*)suspect)[3]++;
                return;
            }
            if (((uint*)suspect)[3] < ((uint*)place)[3]) { place = suspect; }   // the least suspect makes room
        }
        Write(place, kind, NameOf(crumb), number);
        ((uint*)place)[3] = 1;
    }

    private static void Write(byte* crumb, CrumbKind kind, ReadOnlySpan<byte> name, uint number)
    {
        *(CrumbKind*)crumb = kind;
        name = name[..Math.Min(name.Length, NameMax)];
        name.CopyTo(new Span<byte>(crumb + NameAt, NameMax));
        ((uint*)crumb)[1] = number;
        ((uint*)crumb)[2] = (uint)name.Length;
    }

    private static ReadOnlySpan<byte> NameOf(byte* crumb) => new(crumb + NameAt, (int)Math.Min(((uint*)crumb)[2], NameMax));

    private byte* Suspect(int i) => _base + SuspectsAt + (i * CrumbSize);

    private byte* Cell(int cell)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)cell, (uint)Cells, nameof(cell));
        return _base + CellsAt + (cell * 8);
    }
}
