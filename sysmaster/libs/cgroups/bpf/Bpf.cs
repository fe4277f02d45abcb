using System.Runtime.InteropServices;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.Cgroups;

/// <summary>
/// Programs of control groups. Nothing is kept here: which programs are ours is told by their names, so a manager that starts anew finds,
/// replaces and reads what the one before it attached. bpf(2), linux/bpf.h.
/// </summary>
public static unsafe class Bpf
{
    private const int MapCreate = 0, MapLookup = 1, ProgLoad = 5, ObjectGet = 7, ProgAttach = 8, ProgDetach = 9, ProgGetFdById = 13, MapGetFdById = 14, InfoByFd = 15, ProgQuery = 16;
    private const int AllowMulti = 2;
    private const int NameLength = 15;
    private static readonly int s_call = LibC.IsArm64 ? 280 : 321;

    /// <summary>The largest union bpf_attr that is passed here.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Attributes
    {
        public fixed ulong Words[16];
    }

    /// <returns>EPERM without CAP_BPF or CAP_SYS_ADMIN, ENOSYS without bpf; EINVAL where the kernel has no such type or refuses the code.</returns>
    public static Result<OwnedFd> Load(BpfProgramKind kind, ReadOnlySpan<byte> code, string name)
    {
        Attributes a = default;
        fixed (byte* instructions = code, license = "GPL\0"u8)
        {
            ((uint*)&a)[0] = kind.ProgramType();
            ((uint*)&a)[1] = (uint)(code.Length / 8);
            a.Words[1] = (ulong)instructions;
            a.Words[2] = (ulong)license;
            SetName(name, (byte*)&a + 48);
            ((uint*)&a)[17] = (uint)kind;                    // expected_attach_type
            return Fd(Call(ProgLoad, &a, 72));
        }
    }

    /// <summary>An array of 64-bit numbers.</summary>
    public static Result<OwnedFd> NewCounters(uint count, string name)
    {
        Attributes a = default;
        uint* words = (uint*)&a;
        words[0] = 2;   // BPF_MAP_TYPE_ARRAY
        words[1] = 4;
        words[2] = 8;
        words[3] = count;
        SetName(name, (byte*)&a + 28);
        return Fd(Call(MapCreate, &a, 48));
    }

    /// <summary>Attaches a program to the group; others of the same name go. Programs of groups above hold as well.</summary>
    public static Errno Attach(ByteText group, BpfProgramKind kind, OwnedFd program, string name)
    {
        Result<OwnedFd> directory = Sys.Open(group, LibC.O_RDONLY | LibC.O_DIRECTORY);
        if (directory.Failed) { return directory.Error; }
        using OwnedFd dir = directory.Value;
        List<uint> before = Attached(dir, kind);
        Errno error = Change(ProgAttach, dir, kind, program.Value);
        if (!error.Failed) { DetachNamed(dir, kind, before, name); }
        return error;
    }

    /// <summary>Attaches a program that somebody else has loaded and pinned in a bpffs, once; it stays as long as the group does.</summary>
    public static Errno AttachPinned(ByteText group, BpfProgramKind kind, ByteText path)
    {
        Attributes a = default;
        Result<OwnedFd> program;
        fixed (byte* name = path.CString)
        {
            a.Words[0] = (ulong)name;
            program = Fd(Call(ObjectGet, &a, 16));
        }
        if (program.Failed) { return program.Error; }
        using OwnedFd fd = program.Value;
        Result<OwnedFd> directory = Sys.Open(group, LibC.O_RDONLY | LibC.O_DIRECTORY);
        if (directory.Failed) { return directory.Error; }
        using OwnedFd dir = directory.Value;
        return Attached(dir, kind).Contains(IdOf(fd)) ? Errno.None : Change(ProgAttach, dir, kind, fd.Value);
    }

    /// <summary>Takes away what <see cref="Attach"/> has put there.</summary>
    public static void Detach(ByteText group, BpfProgramKind kind, string name)
    {
        Result<OwnedFd> directory = Sys.Open(group, LibC.O_RDONLY | LibC.O_DIRECTORY);
        if (directory.Failed) { return; }
        using OwnedFd dir = directory.Value;
        DetachNamed(dir, kind, Attached(dir, kind), name);
    }

    /// <summary>The map of counters that the attached program of that name uses.</summary>
    public static Result<OwnedFd> CountersOf(ByteText group, BpfProgramKind kind, string name)
    {
        Result<OwnedFd> directory = Sys.Open(group, LibC.O_RDONLY | LibC.O_DIRECTORY);
        if (directory.Failed) { return directory.Error; }
        using OwnedFd dir = directory.Value;
        foreach (uint id in Attached(dir, kind))
        {
            Result<OwnedFd> program = ById(ProgGetFdById, id);
            if (program.Failed) { continue; }
            using OwnedFd fd = program.Value;
            if (IsNamed(fd, name, out uint map) && map != 0) { return ById(MapGetFdById, map); }
        }
        return Errno.ENOENT;
    }

    public static Result<ulong> Read(OwnedFd counters, uint index)
    {
        ArgumentNullException.ThrowIfNull(counters);
        Attributes a = default;
        ulong value;
        ((uint*)&a)[0] = (uint)counters.Value;
        a.Words[1] = (ulong)&index;
        a.Words[2] = (ulong)&value;
        nint r = Call(MapLookup, &a, 32);
        return r < 0 ? Errno.Last : value;
    }

    private static void DetachNamed(OwnedFd dir, BpfProgramKind kind, List<uint> programs, string name)
    {
        foreach (uint id in programs)
        {
            Result<OwnedFd> program = ById(ProgGetFdById, id);
            if (program.Failed) { continue; }
            using OwnedFd fd = program.Value;
            if (IsNamed(fd, name, out _)) { _ = Change(ProgDetach, dir, kind, fd.Value); }
        }
    }

    private static Errno Change(int command, OwnedFd dir, BpfProgramKind kind, int program)
    {
        Attributes a = default;
        uint* words = (uint*)&a;
        words[0] = (uint)dir.Value;
        words[1] = (uint)program;
        words[2] = (uint)kind;
        words[3] = command == ProgAttach ? (uint)AllowMulti : 0;
        return Call(command, &a, 20) < 0 ? Errno.Last : Errno.None;
    }

    private static List<uint> Attached(OwnedFd dir, BpfProgramKind kind)
    {
        const int Most = 64;
        Attributes a = default;
        uint* ids = stackalloc uint[Most];
        uint* words = (uint*)&a;
        words[0] = (uint)dir.Value;
        words[1] = (uint)kind;
        a.Words[2] = (ulong)ids;
        words[6] = Most;
        var found = new List<uint>();
        if (Call(ProgQuery, &a, 32) < 0) { return found; }
        for (uint i = 0; i < words[6] && i < Most; i++) { found.Add(ids[i]); }
        return found;
    }

    /// <summary>struct bpf_prog_info: the id at 4.</summary>
    private static uint IdOf(OwnedFd program)
    {
        Attributes a = default;
        byte* info = stackalloc byte[256];
        new Span<byte>(info, 256).Clear();
        ((uint*)&a)[0] = (uint)program.Value;
        ((uint*)&a)[1] = 256;
        a.Words[1] = (ulong)info;
        return Call(InfoByFd, &a, 16) < 0 ? 0 : *(uint*)(info + 4);
    }

    /// <summary>struct bpf_prog_info: number of maps at 52, their ids' address at 56, the name at 64.</summary>
    private static bool IsNamed(OwnedFd program, string name, out uint map)
    {
        Attributes a = default;
        byte* info = stackalloc byte[256];
        new Span<byte>(info, 256).Clear();
        uint maps = 0;
        *(uint*)(info + 52) = 1;
        *(ulong*)(info + 56) = (ulong)&maps;
        uint* words = (uint*)&a;
        words[0] = (uint)program.Value;
        words[1] = 256;
        a.Words[1] = (ulong)info;
        map = 0;
        if (Call(InfoByFd, &a, 16) < 0) { return false; }
        map = *(uint*)(info + 52) > 0 ? maps : 0;
        ReadOnlySpan<byte> has = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(info + 64);
        return has.SequenceEqual(Encoding.ASCII.GetBytes(name));
    }

    private static Result<OwnedFd> ById(int command, uint id)
    {
        Attributes a = default;
        ((uint*)&a)[0] = id;
        return Fd(Call(command, &a, 12));
    }

    private static Result<OwnedFd> Fd(nint result) => result < 0 ? Errno.Last : new OwnedFd((int)result);

    private static void SetName(string name, byte* to)
    {
        for (int i = 0; i < name.Length && i < NameLength; i++) { to[i] = (byte)name[i]; }
    }

    private static nint Call(int command, Attributes* attributes, int size) => LibC.syscall(s_call, command, (nint)attributes, size);
}
