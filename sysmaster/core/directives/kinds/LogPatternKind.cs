using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>LogFilterPatterns=: one regular expression a line, as it stands; with "~" before it what matches is not logged. journald reads them, and passes over bad ones.</summary>
public sealed class LogPatternKind() : LineListKind<ByteText>("a(bs)")
{
    /// <summary>What is to be logged, then what is not.</summary>
    public override void Write(ByteText[] value, MessageWriter to) =>
        base.Write([.. value.Where(static p => !Denies(p)), .. value.Where(Denies)], to);

    /// <summary>Lines that match it are dropped.</summary>
    public static bool Denies(ByteText pattern) => pattern.StartsWith("~"u8);

    protected override void Merge(List<ByteText> items, ByteText item)
    {
        if (!items.Contains(item))
            items.Add(item);
    }

    protected override bool TryItem(ReadOnlySpan<byte> value, ParseContext ctx, out ByteText item)
    {
        item = new ByteText(value);
        if (!value.SequenceEqual("~"u8))
            return true;
        ctx.Warn("Regex pattern invalid, ignoring: {0}=", value);
        return false;
    }

    protected override void PrintItem(ByteText item, ref ByteBuilder to) => to.Append(item.Span);

    protected override void WriteItem(ByteText item, MessageWriter to)
    {
        bool denies = Denies(item);
        to.WriteBoolean(!denies);
        to.WriteString(denies ? item.Span[1..] : item.Span);
    }

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ByteText item)
    {
        bool passes = from.ReadBoolean();
        ReadOnlySpan<byte> pattern = from.ReadString();
        item = passes ? new ByteText(pattern) : new ByteText([(byte)'~', .. pattern]);
        return !pattern.IsEmpty || ctx.Refuse("Regex pattern invalid");
    }
}
