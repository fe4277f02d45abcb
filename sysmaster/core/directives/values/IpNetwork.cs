namespace SysMaster.Core.Directives;

/// <summary>An address and how many of its bits count.</summary>
/// <param name="Family">AF_INET or AF_INET6.</param>
/// <param name="Address">4 or 16 bytes, in network order.</param>
/// <param name="Length">0 to 32 or 128.</param>
public sealed record IpNetwork(int Family, byte[] Address, uint Length)
{
    public bool Equals(IpNetwork? other)
        => other is not null && Family == other.Family && Length == other.Length && Address.AsSpan().SequenceEqual(other.Address);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Address);
        hash.Add(Length);
        return hash.ToHashCode();
    }
}
