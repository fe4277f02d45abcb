using FsCheck;
using FsCheck.Fluent;

namespace SysMaster.UnitFiles.Tests;

/// <summary>Input nobody would write: bytes that mean something here, mixed with any others.</summary>
internal static class Noise
{
    public static Gen<byte[]> Bytes(string telling)
        => Gen.ArrayOf(Gen.Frequency((8, Gen.Elements(telling.Where(c => c < 128).Select(c => (byte)c).ToArray())), (1, Gen.Choose(0, 255).Select(i => (byte)i))));
}
