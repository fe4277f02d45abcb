using SysMaster.Linux;

namespace SysMaster.Core.Directives;

/// <summary>One entry of MountImages= or ExtensionImages=.</summary>
/// <param name="Source">The image.</param>
/// <param name="Destination">Empty for extensions.</param>
/// <param name="MayBeMissing">Leading "-".</param>
/// <param name="Options">Partition and its mount options.</param>
public sealed record ImageMount(ByteText Source, ByteText Destination, bool MayBeMissing, TextPair[] Options)
{
    public bool Equals(ImageMount? other) => other is not null && Source == other.Source && Destination == other.Destination
        && MayBeMissing == other.MayBeMissing && Options.AsSpan().SequenceEqual(other.Options);

    public override int GetHashCode() => HashCode.Combine(Source, Destination);
}
