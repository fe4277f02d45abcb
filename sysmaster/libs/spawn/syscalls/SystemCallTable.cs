using System.Runtime.InteropServices;

namespace SysMaster.Spawn.Exec;

/// <summary>System calls by name, and the groups of SystemCallFilter=. An index stands for a name; see SystemCallTable.Data.cs.</summary>
public static partial class SystemCallTable
{
    public static int Count => Offsets.Length;

    /// <returns>The index, or -1 for a name that no architecture knows.</returns>
    public static int IndexOf(ReadOnlySpan<byte> name)
    {
        int low = 0;
        int high = Offsets.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            int order = NameOf(middle).SequenceCompareTo(name);
            if (order == 0) { return middle; }
            if (order < 0) { low = middle + 1; }
            else { high = middle - 1; }
        }
        return -1;
    }

    public static ReadOnlySpan<byte> NameOf(int index)
    {
        int end = index + 1 < Offsets.Length ? Offsets[index + 1] : Names.Length;
        return Names[Offsets[index]..(end - 1)];
    }

    /// <summary>Indices of a group ("@clock"), or of the one call named.</summary>
    public static ReadOnlySpan<short> Members(ReadOnlySpan<byte> word, ref short single)
    {
        if (word.StartsWith("@"u8)) { return Group(word); }
        single = (short)IndexOf(word);
        return single < 0 ? default : MemoryMarshal.CreateReadOnlySpan(ref single, 1);
    }

    /// <summary>The numbers on an architecture, by index.</summary>
    public static ReadOnlySpan<short> Numbers(SystemCallAbi abi) => abi switch
    {
        SystemCallAbi.X64 => X64,
        SystemCallAbi.X86 => X86,
        SystemCallAbi.X32 => X32,
        SystemCallAbi.Arm64 => Arm64,
        _ => Arm,
    };
}
