using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SysMaster.Savepoint;

/// <summary>
/// Which fields and kinds of record this build knows, beyond the format of the log itself. Builds of different numbers read each other's logs:
/// what one does not know it carries along. The number stands in the program's file; tests change it there to have a later build.
/// </summary>
public static class Schema
{
    private static ReadOnlySpan<byte> Stamp => "sysmaster-schema=1"u8;

    /// <summary>1, or in a test's copy of the program what a later build would have.</summary>
    public static readonly uint Number = Read();

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static uint Read() => (uint)(Volatile.Read(ref Unsafe.Add(ref MemoryMarshal.GetReference(Stamp), Stamp.Length - 1)) - '0');
}
