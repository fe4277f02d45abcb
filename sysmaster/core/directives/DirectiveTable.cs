using System.Text;

namespace SysMaster.Core.Directives;

/// <summary>The rows of one concern (exec, kill, service …), with lookups by file name and by D-Bus property. The indexes are built when first asked.</summary>
public sealed class DirectiveTable
{
    private readonly Directive[] _rows;
    private ushort[]? _byName;   // open addressing; row index + 1
    private ushort[]? _byBus;

    /// <param name="title">For people: the table's name in counts and documentation.</param>
    /// <param name="firstId">Ids from here up; see <see cref="DirectiveIds"/>.</param>
    /// <param name="rows">In the order of systemd's documentation.</param>
    public DirectiveTable(string title, ushort firstId, Directive[] rows)
    {
        Title = title;
        _rows = rows;
        for (int i = 0; i < rows.Length; i++)
            rows[i].Id = (ushort)(firstId + i);
    }

    public string Title { get; }

    public ReadOnlySpan<Directive> Rows => _rows;

    /// <summary>The row of a key as it stands in a file, or null.</summary>
    public Directive? Find(ReadOnlySpan<byte> key) => Find(key, Hash(key));

    internal Directive? Find(ReadOnlySpan<byte> key, uint hash)
    {
        ushort[] index = _byName ??= Index(byBus: false);
        for (uint at = hash; ; at++)
        {
            int found = index[at & (uint)(index.Length - 1)];
            if (found == 0)
                return null;
            if (Ascii.Equals(key, _rows[found - 1].Name))
                return _rows[found - 1];
        }
    }

    /// <summary>The row of a D-Bus property, or null.</summary>
    public Directive? FindBus(ReadOnlySpan<byte> property) => FindBus(property, Hash(property));

    internal Directive? FindBus(ReadOnlySpan<byte> property, uint hash)
    {
        ushort[] index = _byBus ??= Index(byBus: true);
        for (uint at = hash; ; at++)
        {
            int found = index[at & (uint)(index.Length - 1)];
            if (found == 0)
                return null;
            if (Ascii.Equals(property, _rows[found - 1].Bus))
                return _rows[found - 1];
        }
    }

    internal static uint Hash(ReadOnlySpan<byte> text)
    {
        uint hash = 2166136261;   // FNV-1a
        foreach (byte b in text)
            hash = (hash ^ b) * 16777619;
        return hash ^ (hash >> 15);
    }

    private ushort[] Index(bool byBus)
    {
        int size = 8;
        while (size < _rows.Length * 2)
            size *= 2;
        var index = new ushort[size];
        Span<byte> text = stackalloc byte[128];
        for (int i = 0; i < _rows.Length; i++)
        {
            if ((byBus ? _rows[i].Bus : _rows[i].Name) is not { } name)
                continue;
            uint at = Hash(text[..Encoding.ASCII.GetBytes(name, text)]);
            while (index[at & (uint)(size - 1)] != 0)
                at++;
            index[at & (uint)(size - 1)] = (ushort)(i + 1);
        }
        return index;
    }
}
