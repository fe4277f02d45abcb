using SysMaster.Linux;

namespace SysMaster.Executor;

/// <summary>A classic BPF program being written: struct sock_filter is {u16 code, u8 jt, u8 jf, u32 k}. seccomp(2), bpf(4).</summary>
internal sealed unsafe class SeccompProgram
{
    public const uint KillProcess = 0x80000000;
    public const uint KillThread = 0;
    public const uint Allow = 0x7fff0000;
    public const uint Log = 0x7ffc0000;
    public const uint ErrnoBase = 0x00050000;

    private const ushort LoadWord = 0x20;
    private const ushort JumpAlways = 0x05;
    private const ushort JumpEqual = 0x15;
    private const ushort JumpGreaterOrEqual = 0x35;
    private const ushort JumpSet = 0x45;
    private const ushort AndConstant = 0x54;
    private const ushort ReturnConstant = 0x06;

    private ulong[] _code = new ulong[256];

    public int Length { get; private set; }

    public ReadOnlySpan<ulong> Code => _code.AsSpan(0, Length);

    public static uint Error(int errno) => ErrnoBase | (uint)errno;

    /// <summary>Offset in struct seccomp_data: 0 number, 4 architecture, 16 + 8n the low half of argument n.</summary>
    public void Load(uint offset) => Emit(LoadWord, 0, 0, offset);

    public void LoadArgument(int index) => Load(16 + (8 * (uint)index));

    public void And(uint mask) => Emit(AndConstant, 0, 0, mask);

    public void Return(uint action) => Emit(ReturnConstant, 0, 0, action);

    /// <summary>Skips that many instructions when equal, others when not.</summary>
    public void IfEqual(uint value, byte then, byte otherwise) => Emit(JumpEqual, then, otherwise, value);

    public void IfAtLeast(uint value, byte then, byte otherwise) => Emit(JumpGreaterOrEqual, then, otherwise, value);

    public void IfAnySet(uint mask, byte then, byte otherwise) => Emit(JumpSet, then, otherwise, mask);

    /// <summary>Reserves a long jump; <see cref="Land"/> says where to.</summary>
    public int Jump()
    {
        Emit(JumpAlways, 0, 0, 0);
        return Length - 1;
    }

    public void Land(int jump) => _code[jump] = (ulong)JumpAlways | ((ulong)(uint)(Length - jump - 1) << 32);

    /// <summary>From here on, for this process and all that comes of it.</summary>
    public Errno Install()
    {
        const int SECCOMP_SET_MODE_FILTER = 1;
        fixed (ulong* code = _code)
        {
            ulong* program = stackalloc ulong[2] { (ulong)Length, (ulong)code };   // struct sock_fprog: u16 len, padding, pointer
            return LibC.syscall(LibC.IsArm64 ? 277 : 317, SECCOMP_SET_MODE_FILTER, 0, (nint)program) < 0 ? Errno.Last : Errno.None;
        }
    }

    private void Emit(ushort code, byte then, byte otherwise, uint k)
    {
        if (Length == _code.Length) { Array.Resize(ref _code, Length * 2); }
        _code[Length++] = code | ((ulong)then << 16) | ((ulong)otherwise << 24) | ((ulong)k << 32);
    }
}
