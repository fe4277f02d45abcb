using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>A credential given in the unit itself.</summary>
public sealed record Credential(ByteText Id, byte[] Data)
{
    public bool Equals(Credential? other) => other is not null && Id == other.Id && Data.AsSpan().SequenceEqual(other.Data);

    public override int GetHashCode() => Id.GetHashCode();
}
