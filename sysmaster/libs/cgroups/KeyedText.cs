using System.Buffers.Text;

namespace SysMaster.Cgroups;

/// <summary>"key value" lines, as cgroup.events, cpu.stat, memory.events have them.</summary>
public static class KeyedText
{
    public static bool TryGet(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key, out ulong value)
    {
        value = 0;
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            if (line.Length > key.Length && line[key.Length] == (byte)' ' && line.StartsWith(key))
            {
                return Utf8Parser.TryParse(line[(key.Length + 1)..], out value, out _);
            }
        }
        return false;
    }
}
