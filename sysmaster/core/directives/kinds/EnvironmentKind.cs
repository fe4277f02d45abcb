using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Environment=: assignments; a later one of the same variable takes the place of the earlier.</summary>
public sealed class EnvironmentKind() : WordListKind<ByteText>("as", WordFlags.Unquote | WordFlags.CUnescape | WordFlags.Warn)
{
    protected override void Merge(List<ByteText> items, ByteText item)
    {
        ReadOnlySpan<byte> name = EnvironmentText.NameOf(item.Span);
        for (int i = 0; i < items.Count; i++)
        {
            if (EnvironmentText.NameOf(items[i].Span).SequenceEqual(name))
            {
                items[i] = item;
                return;
            }
        }
        items.Add(item);
    }

    protected override bool TryItem(ReadOnlySpan<byte> word, ParseContext ctx, out ByteText item)
    {
        item = default;
        var text = new ByteBuilder(stackalloc byte[512]);
        bool ok = ctx.ExpandBare(word, ref text, "specifiers");
        if (ok && !(ok = EnvironmentText.IsValidAssignment(text.Written)))
            ctx.Warn("Invalid environment assignment, ignoring: ", text.Written);
        if (ok)
            item = text.ToByteText();
        text.Dispose();
        return ok;
    }

    /// <summary>A client says each variable once.</summary>
    public override ParseOutcome Read(ref MessageReader from, ByteText[] current, ParseContext ctx, out ByteText[] result)
    {
        MessageReader again = from;
        ParseOutcome outcome = base.Read(ref from, current, ctx, out result);
        var names = new HashSet<ByteText>();
        ArrayToken array = again.BeginArray(4);
        while (outcome == ParseOutcome.Set && again.HasNext(array))
        {
            if (!names.Add(new ByteText(EnvironmentText.NameOf(again.ReadString()))) && !ctx.Refuse("Invalid environment block."))
                return ParseOutcome.Refused;
        }
        return outcome;
    }

    protected override void PrintItem(ByteText item, ref ByteBuilder to) => TextOut.Quoted(item.Span, ref to);

    protected override void WriteItem(ByteText item, MessageWriter to) => to.WriteString(item);

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ByteText item)
    {
        item = new ByteText(from.ReadString());
        return EnvironmentText.IsValidAssignment(item.Span) || ctx.Refuse("Invalid environment block.");
    }
}
