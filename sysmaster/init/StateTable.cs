namespace SysMaster.Init;

/// <summary>
/// A sealed memfd under a fixed number, mapped: a page of <see cref="InitState"/>, then a slot for each kept descriptor
/// (used mark, length, name). Slot i's descriptor has the number KeptFd + i: the memory finds them all.
/// A descriptor is in place before its slot is marked used; the mark goes before the descriptor is closed.
/// A slot's page is first written by pwrite, which can say ENOSPC; a page that is only mapped would say SIGBUS.
/// </summary>
internal sealed unsafe class StateTable
{
    public const ulong Magic = 0x31_65_6c_62_61_74_6d_73;   // "smtable1"
    private const int HeaderSize = 4096;
    private const int SlotSize = 256;
    private const int NameOffset = 2;
    private const int Size = HeaderSize + InitProtocol.MaxKept * SlotSize;
    private const int F_GET_SEALS = 1034;
    private const int SealsOfSize = 1 | 2 | 4;   // F_SEAL_SEAL, SHRINK, GROW

    private static readonly int SYS_mmap = LibC.IsArm64 ? 222 : 9;
    private readonly byte* _base;

    private StateTable(byte* mapped) => _base = mapped;

    public InitState* State => (InitState*)_base;

    /// <summary>The table of an earlier execution of init, or a new one.</summary>
    public static StateTable? OpenOrNull()
    {
        if (!IsThere() && !Create()) { return null; }
        const int readWrite = 3, shared = 1;
        nint at = LibC.syscall(SYS_mmap, 0, Size, readWrite, shared, Numbers.TableFd, 0);
        if (at == -1) { return null; }
        var table = new StateTable((byte*)at);
        if (table.State->Magic == Magic) { table.CloseUnmarked(); }
        else { *table.State = new InitState { Magic = Magic }; }
        return table;
    }

    /// <summary>Of a copy under the same number: whether this build could go on from it.</summary>
    public static bool IsReadable() =>
        Sys.ReadFile("/proc/self/fd/32"u8, 2 << 20) is { Failed: false } f && BitConverter.ToUInt64(f.Value) == Magic;

    public static bool IsThere() => LibC.fcntl(Numbers.TableFd, F_GET_SEALS, 0) == SealsOfSize;
    public static int FdOf(int slot) => Numbers.KeptFd + slot;
    public bool IsUsed(int slot) => Slot(slot)[0] != 0;
    public ReadOnlySpan<byte> NameOf(int slot) => new(Slot(slot) + NameOffset, Slot(slot)[1]);

    /// <returns>-1 when there is none.</returns>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < State->High; i++) { if (IsUsed(i) && NameOf(i).SequenceEqual(name)) { return i; } }
        return -1;
    }

    /// <summary>Keeps a copy of the descriptor; the caller still closes its own.</summary>
    public Errno Store(ReadOnlySpan<byte> name, int fd)
    {
        if (name.Length is 0 or > InitProtocol.MaxName || fd < 0) { return Errno.EINVAL; }
        int slot = Find(name);
        if (slot >= 0) { return LibC.dup3(fd, FdOf(slot), 0) < 0 ? Errno.Last : Errno.None; }
        slot = FirstFree();
        if (slot < 0) { return Errno.ENFILE; }
        byte* image = stackalloc byte[SlotSize];
        image[0] = 0;
        image[1] = (byte)name.Length;
        name.CopyTo(new Span<byte>(image + NameOffset, SlotSize - NameOffset));
        nint n = LibC.pwrite(Numbers.TableFd, image, (nuint)(NameOffset + name.Length), HeaderSize + slot * SlotSize);
        if (n < 0 || LibC.dup3(fd, FdOf(slot), 0) < 0) { return Errno.Last; }
        Slot(slot)[0] = 1;
        State->High = Math.Max(State->High, slot + 1);
        return Errno.None;
    }

    public void Drop(ReadOnlySpan<byte> name)
    {
        int slot = Find(name);
        if (slot < 0) { return; }
        Slot(slot)[0] = 0;
        _ = LibC.close(FdOf(slot));
        while (State->High > 0 && !IsUsed(State->High - 1)) { State->High--; }
    }

    private static bool Create()
    {
        fixed (byte* name = "sysmaster-init"u8)
        {
            int fd = LibC.memfd_create(name, LibC.MFD_ALLOW_SEALING);
            bool made = fd >= 0 && LibC.ftruncate(fd, Size) == 0 && LibC.fcntl(fd, LibC.F_ADD_SEALS, SealsOfSize) == 0
                && LibC.dup3(fd, Numbers.TableFd, 0) >= 0;
            _ = LibC.close(fd);
            return made;
        }
    }

    private byte* Slot(int i) => _base + HeaderSize + i * SlotSize;

    private int FirstFree()
    {
        for (int i = 0; i < InitProtocol.MaxKept; i++) { if (i >= State->High || !IsUsed(i)) { return i; } }
        return -1;
    }

    /// <summary>A fault between the descriptor and its mark leaves a descriptor that nobody knows.</summary>
    private void CloseUnmarked()
    {
        for (int i = 0; i < InitProtocol.MaxKept; i++)
        {
            if (i >= State->High || !IsUsed(i)) { _ = LibC.close(FdOf(i)); }
        }
    }
}
