using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A kind whose lines add up; an empty one starts over. On the bus an array, in which an empty one starts over too.</summary>
/// <param name="busSignature">Of the whole array.</param>
public abstract class ListKind<T>(string busSignature) : Kind<T[]>(busSignature, [])
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, T[] current, ParseContext ctx, out T[] result)
    {
        result = current;
        if (value.IsEmpty)
            return Emptied(out result);
        var items = new List<T>(current.Length + 1);
        items.AddRange(current);
        if (!Add(value, items, ctx))
            return ParseOutcome.Refused;
        result = [.. items];
        return ParseOutcome.Set;
    }

    public override void Write(T[] value, MessageWriter to)
    {
        ArrayMark array = to.BeginArray(Signature.AlignmentOf((byte)BusSignature[1]));
        foreach (T item in value)
        {
            if (BusSignature[1] == '(')
                to.BeginStruct();
            WriteItem(item, to);
        }
        to.EndArray(array);
    }

    public override ParseOutcome Read(ref MessageReader from, T[] current, ParseContext ctx, out T[] result)
    {
        var items = new List<T>(current);
        bool ok = true, any = false;
        ArrayToken array = from.BeginArray(Signature.AlignmentOf((byte)BusSignature[1]));
        while (ok && from.HasNext(array))
        {
            if (BusSignature[1] == '(')
                from.BeginStruct();
            any = true;
            ok = ReadItem(ref from, ctx, out T item);
            if (ok)
                Merge(items, item);
        }
        from.EndArray(array);
        result = any ? [.. items] : [];
        return ok ? ParseOutcome.Set : ParseOutcome.Refused;
    }

    public override void Print(T[] value, ref ByteBuilder to)
    {
        bool first = true;
        foreach (T item in value)
        {
            TextOut.Blank(ref first, ref to);
            PrintItem(item, ref to);
        }
    }

    /// <summary>How what a client set is written down.</summary>
    protected virtual SetForm Form => SetForm.AsInFiles;

    public override void PrintSet(string name, T[] sent, T[] held, ref ByteBuilder to)
    {
        switch (Form)
        {
            case SetForm.AsInFiles:
                PrintLines(name, sent, ref to);
                return;
            case SetForm.Words:
                PrintName(name, ref to);
                bool first = true;
                foreach (T item in sent)
                {
                    TextOut.Blank(ref first, ref to);
                    PrintSetItem(item, ref to);
                }
                to.Append((byte)'\n');
                return;
        }
        if (Form == SetForm.Whole || sent.Length == 0)
        {
            PrintName(name, ref to);
            to.Append((byte)'\n');
        }
        foreach (T item in Form == SetForm.Whole ? held : sent)
        {
            PrintName(name, ref to);
            PrintSetItem(item, ref to);
            to.Append((byte)'\n');
        }
    }

    private static void PrintName(string name, ref ByteBuilder to)
    {
        to.AppendAscii(name);
        to.Append((byte)'=');
    }

    public override bool AddsUp => true;

    public override bool Same(T[] a, T[] b) => a.AsSpan().SequenceEqual(b);

    /// <summary>Puts an item behind the others, or in the place of the one it replaces.</summary>
    protected virtual void Merge(List<T> items, T item) => items.Add(item);

    /// <summary>What an empty line comes to: the default again, for most.</summary>
    protected virtual ParseOutcome Emptied(out T[] result)
    {
        result = [];
        return ParseOutcome.Reset;
    }

    /// <returns>False when nothing of the line is taken.</returns>
    protected abstract bool Add(ReadOnlySpan<byte> value, List<T> items, ParseContext ctx);

    protected abstract void PrintItem(T item, ref ByteBuilder to);

    /// <summary>An item in what a client set.</summary>
    protected virtual void PrintSetItem(T item, ref ByteBuilder to) => PrintItem(item, ref to);

    protected abstract void WriteItem(T item, MessageWriter to);

    protected abstract bool ReadItem(ref MessageReader from, ParseContext ctx, out T item);
}
