using System.Buffers.Text;
using SysMaster.Linux;

namespace SysMaster.Units.Mount;

/// <summary>/run/mount/utab: what mount(8) notes of options that the kernel does not keep (_netdev, x-…), by mount ID.</summary>
internal sealed class MountUtab
{
    private byte[] _text = [];
    private Dictionary<int, byte[]> _options = [];

    public ReadOnlySpan<byte> OptionsOf(int mountId) => _options.TryGetValue(mountId, out byte[]? options) ? options : default;

    /// <returns>The mounts whose noted options are others than before; null if nothing changed.</returns>
    public List<int>? Update(ReadOnlySpan<byte> text)
    {
        if (text.SequenceEqual(_text)) { return null; }
        _text = text.ToArray();
        Dictionary<int, byte[]> before = _options;
        _options = Parse(text);
        var changed = new List<int>();
        foreach ((int id, byte[] options) in _options)
        {
            if (!before.Remove(id, out byte[]? old) || !old.AsSpan().SequenceEqual(options)) { changed.Add(id); }
        }
        changed.AddRange(before.Keys);
        return changed;
    }

    /// <summary>Lines of "ID=35 SRC=server:/x TARGET=/mnt ROOT=/ OPTS=_netdev", escaped as mountinfo is.</summary>
    private static Dictionary<int, byte[]> Parse(ReadOnlySpan<byte> text)
    {
        var all = new Dictionary<int, byte[]>();
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            int id = -1;
            ReadOnlySpan<byte> options = default;
            while (!line.IsEmpty)
            {
                int blank = line.IndexOf((byte)' ');
                ReadOnlySpan<byte> word = blank < 0 ? line : line[..blank];
                line = blank < 0 ? default : line[(blank + 1)..];
                if (word.StartsWith("ID="u8) && Utf8Parser.TryParse(word[3..], out int number, out _)) { id = number; }
                else if (word.StartsWith("OPTS="u8)) { options = word[5..]; }
            }
            if (id >= 0 && !options.IsEmpty) { all[id] = MountInfoLine.Unescape(options).Span.ToArray(); }
        }
        return all;
    }
}
