using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>BindPaths= and BindReadOnlyPaths=: [-]source[:destination[:rbind|norbind]].</summary>
public sealed class BindMountKind() : ListKind<BindMount>("a(ssbt)")
{
    private const ulong MS_REC = 0x4000;

    /// <summary>Colons and blanks separate alike: what stands behind a part that was refused is taken for the next source.</summary>
    protected override bool Add(ReadOnlySpan<byte> value, List<BindMount> items, ParseContext ctx)
    {
        bool any = false;
        var parts = new Words(value, WordFlags.Unquote | WordFlags.DontCoalesceSeparators, ": \t\n\r"u8);
        while (parts.Next(out ReadOnlySpan<byte> part))
        {
            bool colon = EndedAtColon(value, parts);
            if (!PathPart(part, mayBeMissing: true, ctx, out ByteText source, out bool missing))
                continue;
            ByteText destination = source;
            bool recursive = true;
            if (colon)
            {
                if (!parts.Next(out part))
                {
                    ctx.Error("Missing argument after ':', ignoring: ", source.Span);
                    continue;
                }
                colon = EndedAtColon(value, parts);
                if (!PathPart(part, mayBeMissing: false, ctx, out destination, out _) || colon && !TryOption(ref parts, ctx, out recursive))
                    continue;
            }
            Merge(items, new(source, destination, missing, recursive));
            any = true;
        }
        if (parts.Failed)
            ctx.Warn("Invalid syntax, ignoring: ", value);
        parts.Dispose();
        return any;
    }

    /// <summary>rbind or norbind, up to the next blank.</summary>
    private static bool TryOption(ref Words parts, ParseContext ctx, out bool recursive)
    {
        ReadOnlySpan<byte> rest = parts.Rest;
        int length = rest.IndexOfAny(" \t\n\r"u8);
        ReadOnlySpan<byte> option = length < 0 ? rest : rest[..length];
        recursive = option.IsEmpty || option.SequenceEqual("rbind"u8);
        bool ok = recursive || option.SequenceEqual("norbind"u8);
        if (!ok)
            ctx.Error("Invalid option string, ignoring setting: ", option);
        parts.Skip(option.Length);
        return ok;
    }

    private static bool EndedAtColon(ReadOnlySpan<byte> value, in Words parts) => !parts.AtEnd && value[value.Length - parts.Rest.Length - 1] == (byte)':';

    protected override SetForm Form => SetForm.Words;

    protected override void PrintItem(BindMount item, ref ByteBuilder to)
    {
        if (item.MayBeMissing)
            to.Append((byte)'-');
        PrintPart(item.Source.Span, ref to);
        if (item.Destination != item.Source || !item.IsRecursive)
        {
            to.Append((byte)':');
            PrintPart(item.Destination.Span, ref to);
        }
        if (!item.IsRecursive)
            to.Append(":norbind"u8);
    }

    protected override void PrintSetItem(BindMount item, ref ByteBuilder to)
    {
        if (item.MayBeMissing)
            to.Append((byte)'-');
        PrintPart(item.Source.Span, ref to);
        to.Append((byte)':');
        PrintPart(item.Destination.Span, ref to);
        to.Append(item.IsRecursive ? ":rbind"u8 : ":norbind"u8);
    }

    /// <summary>What separates or quotes is escaped.</summary>
    private static void PrintPart(scoped ReadOnlySpan<byte> path, ref ByteBuilder to)
    {
        foreach (byte c in path)
        {
            if (": \t\n\r\"'\\"u8.Contains(c))
                to.Append((byte)'\\');
            else if (c == (byte)'%')
                to.Append(c);
            to.Append(c);
        }
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
        bool ok = TextRules.SentPath(ref from, "Source", ctx, out ByteText source);
        ok &= TextRules.SentPath(ref from, "Destination", ctx, out ByteText destination);
        bool missing = from.ReadBoolean();
        ulong flags = from.ReadUInt64();
        item = new(source, destination, missing, flags == MS_REC);
        return ok && (flags is 0 or MS_REC || ctx.Refuse("Unknown mount flags."));
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
