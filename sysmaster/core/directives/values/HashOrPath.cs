using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>A dm-verity hash or signature, given as bytes or as the file that holds it. At most one is not empty.</summary>
public sealed record HashOrPath(byte[] Bytes, ByteText Path)
{
    public static readonly HashOrPath None = new([], default);

    public bool Equals(HashOrPath? other) => other is not null && Path == other.Path && Bytes.AsSpan().SequenceEqual(other.Bytes);

    public override int GetHashCode() => HashCode.Combine(Bytes.Length, Path);
}
