using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>BindPaths= and BindReadOnlyPaths=: [-]source[:destination[:rbind|norbind]].</summary>
public sealed class BindMountKind() : WordListKind<BindMount>("a(ssbt)", WordFlags.Unquote | WordFlags.CUnescape)
{
    private const ulong MS_REC = 0x4000;

    protected override bool TryItem(ReadOnlySpan<byte> word, ParseContext ctx, out BindMount item)
    {
        item = default;
        using var parts = new Words(word, WordFlags.Unquote | WordFlags.DontCoalesceSeparators, ":"u8);
        if (!parts.Next(out ReadOnlySpan<byte> part) || !PathPart(part, mayBeMissing: true, ctx, out ByteText source, out bool missing))
            return false;
        ByteText destination = source;
        bool recursive = true;
        if (parts.Next(out part))
        {
            if (!PathPart(part, mayBeMissing: false, ctx, out destination, out _))
                return false;
            if (parts.Next(out part) && !part.IsEmpty)
            {
                recursive = part.SequenceEqual("rbind"u8);
                if (!recursive && !part.SequenceEqual("norbind"u8))
                {
                    ctx.Warn("Invalid option string, ignoring setting: ", part);
                    return false;
                }
            }
        }
        item = new(source, destination, missing, recursive);
        return true;
    }

    protected override void PrintItem(BindMount item, ref ByteBuilder to)
    {
        var text = new ByteBuilder(stackalloc byte[512]);
        if (item.MayBeMissing)
            text.Append((byte)'-');
        PairText.Part(item.Source.Span, ref text);
        if (item.Destination != item.Source || !item.IsRecursive)
        {
            text.Append((byte)':');
            PairText.Part(item.Destination.Span, ref text);
        }
        if (!item.IsRecursive)
            text.Append(":norbind"u8);
        TextOut.Word(text.Written, ref to);
        text.Dispose();
    }

    protected override void WriteItem(BindMount item, MessageWriter to)
    {
        to.WriteString(item.Source);
        to.WriteString(item.Destination);
        to.WriteBoolean(item.MayBeMissing);
        to.WriteUInt64(item.IsRecursive ? MS_REC : 0);
    }

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out BindMount item)
    {
        bool ok = TextRules.Path(from.ReadString(), fatal: false, ctx, out ByteText source);
        ok &= TextRules.Path(from.ReadString(), fatal: false, ctx, out ByteText destination);
        bool missing = from.ReadBoolean();
        ulong flags = from.ReadUInt64();
        item = new(source, destination, missing, flags == MS_REC);
        return ok && flags is 0 or MS_REC;
    }

    private static bool PathPart(scoped ReadOnlySpan<byte> part, bool mayBeMissing, ParseContext ctx, out ByteText path, out bool missing)
    {
        var text = new ByteBuilder(stackalloc byte[512]);
        path = default;
        missing = false;
        bool ok = ctx.Expand(part, ref text);
        if (ok)
        {
            missing = mayBeMissing && text.Length > 0 && text.Written[0] == (byte)'-';
            ok = TextRules.Path(missing ? text.Written[1..] : text.Written, fatal: false, ctx, out path);
        }
        text.Dispose();
        return ok;
    }
}
