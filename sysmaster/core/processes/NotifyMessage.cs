using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>One datagram of sd_notify(3): FIELD=value lines, with the sender's credentials as the kernel gave them.</summary>
public readonly ref struct NotifyMessage(ReadOnlySpan<byte> text, ucred sender, List<OwnedFd> fds)
{
    /// <summary>At most 4,096 bytes, no NUL.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    public ucred Sender { get; } = sender;

    /// <summary>Descriptors that came with it; who takes one removes it from the list, the rest is closed.</summary>
    public List<OwnedFd> Fds { get; } = fds;

    /// <summary>The last value of a field; null-like (Found false) when absent.</summary>
    public ReadOnlySpan<byte> Find(ReadOnlySpan<byte> field, out bool found)
    {
        found = false;
        ReadOnlySpan<byte> rest = Text, value = default;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.Length > field.Length && line[field.Length] == (byte)'=' && line.StartsWith(field))
            {
                value = line[(field.Length + 1)..];
                found = true;
            }
        }
        return value;
    }

    /// <summary>Is there a line that reads exactly so, "READY=1"?</summary>
    public bool Has(ReadOnlySpan<byte> assignment)
    {
        ReadOnlySpan<byte> rest = Text;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.SequenceEqual(assignment)) { return true; }
        }
        return false;
    }
}
