using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A list with one item a line.</summary>
public abstract class LineListKind<T>(string busSignature) : ListKind<T>(busSignature)
{
    public override void PrintLines(string name, T[] value, ref ByteBuilder to)
    {
        if (value.Length == 0)
            base.PrintLines(name, value, ref to);
        foreach (T item in value)
        {
            to.AppendAscii(NameOf(name, item));
            to.Append((byte)'=');
            PrintItem(item, ref to);
            to.Append((byte)'\n');
        }
    }

    /// <summary>The directive that an item is written with, where several fill one list.</summary>
    protected virtual string NameOf(string name, T item) => name;

    protected override bool Add(ReadOnlySpan<byte> value, List<T> items, ParseContext ctx)
    {
        bool ok = TryItem(value, ctx, out T item);
        if (ok)
            Merge(items, item);
        return ok;
    }

    protected abstract bool TryItem(ReadOnlySpan<byte> value, ParseContext ctx, out T item);
}
