using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>ImportCredential=: the name of a credential, or the beginning of names and a star; one a line, each once.</summary>
public sealed class CredentialGlobKind() : LineListKind<ByteText>("as")
{
    /// <summary>A credential's name with at most one wildcard, the star at its end.</summary>
    private static bool IsGlob(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[..^1].IndexOfAny("*?["u8) >= 0 || text[^1] is (byte)'?' or (byte)'[') { return false; }
        return text.SequenceEqual("*"u8) || CredentialKind.IsId(text[^1] == (byte)'*' ? text[..^1] : text);
    }

    protected override void Merge(List<ByteText> items, ByteText item)
    {
        if (!items.Contains(item)) { items.Add(item); }
    }

    protected override bool TryItem(ReadOnlySpan<byte> value, ParseContext ctx, out ByteText item)
    {
        item = default;
        var text = new ByteBuilder(stackalloc byte[256]);
        bool ok = ctx.Expand(value, ref text);
        if (ok && !IsGlob(text.Written))
        {
            ctx.Warn("Credential name or glob \"", text.Written, "\" not valid, ignoring.");
            ok = false;
        }
        if (ok) { item = text.ToByteText(); }
        text.Dispose();
        return ok;
    }

    protected override void PrintItem(ByteText item, ref ByteBuilder to) => TextOut.Percent(item.Span, ref to);

    protected override void WriteItem(ByteText item, MessageWriter to) => to.WriteString(item);

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ByteText item)
    {
        item = new ByteText(from.ReadString());
        return IsGlob(item.Span) || ctx.Refuse($"Credential name or glob is invalid: {item}");
    }
}
