using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>PassEnvironment= and UnsetEnvironment=: names of variables, or assignments where a value may narrow it down.</summary>
public sealed class EnvironmentNameKind(bool assignments) : WordListKind<ByteText>("as", WordFlags.Unquote)
{
    protected override void Merge(List<ByteText> items, ByteText item)
    {
        if (!items.Contains(item))
            items.Add(item);
    }

    protected override bool TryItem(ReadOnlySpan<byte> word, ParseContext ctx, out ByteText item)
    {
        item = default;
        var text = new ByteBuilder(stackalloc byte[512]);
        bool ok = ctx.ExpandBare(word, ref text, "specifiers");
        if (ok && !(ok = IsGood(text.Written)))
            ctx.Warn(assignments ? "Invalid environment name or assignment {0}, ignoring: " : "Invalid environment name for {0}, ignoring: ", text.Written);
        if (ok)
            item = text.ToByteText();
        text.Dispose();
        return ok;
    }

    protected override SetForm Form => SetForm.Words;

    protected override void PrintItem(ByteText item, ref ByteBuilder to) => TextOut.Word(item.Span, ref to, escapes: false);

    protected override void PrintSetItem(ByteText item, ref ByteBuilder to) => TextOut.Quoted(item.Span, ref to);

    protected override void WriteItem(ByteText item, MessageWriter to) => to.WriteString(item);

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ByteText item)
    {
        item = new ByteText(from.ReadString());
        return IsGood(item.Span) || ctx.Refuse($"Invalid {ctx.Property}= {(assignments ? "list" : "block")}.");
    }

    private bool IsGood(ReadOnlySpan<byte> text) => assignments ? EnvironmentText.IsValidNameOrAssignment(text) : EnvironmentText.IsValidName(text);
}
