using System.Buffers.Binary;

namespace SysMaster.Cgroups;

/// <summary>Instructions of a BPF program as they are written, eight bytes each; jumps go forward only and are filled in when their place is known. bpf(2).</summary>
public sealed class BpfCode
{
    /// <summary>Registers: the result, the context at entry, kept over calls, the frame.</summary>
    public const byte R0 = 0, R1 = 1, R2 = 2, R3 = 3, R4 = 4, R5 = 5, R6 = 6, R7 = 7, R8 = 8, Frame = 10;

    private const byte Move = 0xb7, MoveRegister = 0xbf, And32 = 0x54, Shift32 = 0x74, Add = 0x07, Load32 = 0x61, Store32 = 0x62, Call = 0x85, ExitCode = 0x95;
    private const byte Jump = 0x05, JumpUnequal = 0x55, JumpUnequal32 = 0x56, JumpUnequalRegister32 = 0x5e, AtomicAdd64 = 0xdb, LoadWide = 0x18;
    private const byte BigEndian = 0xdc, JumpBelow32 = 0xa6, JumpAbove32 = 0x26;

    private readonly List<ulong> _code = [];

    public int Count => _code.Count;

    public void Set(byte register, int value) => Emit(Move, register, 0, 0, value);

    public void Copy(byte to, byte from) => Emit(MoveRegister, to, from, 0, 0);

    public void And(byte register, uint mask) => Emit(And32, register, 0, 0, (int)mask);

    public void ShiftRight(byte register, int bits) => Emit(Shift32, register, 0, 0, bits);

    public void Increase(byte register, int by) => Emit(Add, register, 0, 0, by);

    /// <summary>A 32-bit word at an address; the upper half becomes zero.</summary>
    public void Load(byte to, byte address, short offset) => Emit(Load32, to, address, offset, 0);

    public void Store(byte address, short offset, int value) => Emit(Store32, address, 0, offset, value);

    public void AddAtomically(byte address, short offset, byte register) => Emit(AtomicAdd64, address, register, offset, 0);

    public void LoadMap(byte register, int fd)
    {
        Emit(LoadWide, register, 1, 0, fd);
        _code.Add(0);
    }

    public void CallHelper(int number) => Emit(Call, 0, 0, 0, number);

    public void Exit(int result)
    {
        Set(R0, result);
        Emit(ExitCode, 0, 0, 0, 0);
    }

    public void ExitWith(byte register)
    {
        Copy(R0, register);
        Emit(ExitCode, 0, 0, 0, 0);
    }

    /// <returns>To be given to <see cref="Land"/>.</returns>
    public int SkipUnless(byte register, uint value) => Emit(JumpUnequal32, register, 0, 0, (int)value);

    public int SkipIfBelow(byte register, uint value) => Emit(JumpBelow32, register, 0, 0, (int)value);

    public int SkipIfAbove(byte register, uint value) => Emit(JumpAbove32, register, 0, 0, (int)value);

    /// <summary>The low half word from the order of the network into the machine's, or back; the rest becomes zero.</summary>
    public void SwapFromNetwork16(byte register) => Emit(BigEndian, register, 0, 0, 16);

    public int SkipUnlessSame(byte a, byte b) => Emit(JumpUnequalRegister32, a, b, 0, 0);

    public int SkipUnlessZero(byte register) => Emit(JumpUnequal, register, 0, 0, 0);

    public int Skip() => Emit(Jump, 0, 0, 0, 0);

    /// <summary>Where a jump leads: the next instruction.</summary>
    public void Land(int jump)
    {
        long offset = _code.Count - jump - 1;
        _code[jump] = (_code[jump] & ~0xffff0000UL) | ((ulong)(ushort)checked((short)offset) << 16);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[_code.Count * 8];
        for (int i = 0; i < _code.Count; i++) { BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * 8), _code[i]); }
        return bytes;
    }

    private int Emit(byte code, byte to, byte from, short offset, int value)
    {
        _code.Add(code | ((ulong)(to | (from << 4)) << 8) | ((ulong)(ushort)offset << 16) | ((ulong)(uint)value << 32));
        return _code.Count - 1;
    }
}
