using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A device and a number, one a line; a later one of the same device replaces.</summary>
public sealed class DeviceAmountKind(DeviceAmountUnit unit) : LineListKind<DeviceAmount>("a(st)")
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, DeviceAmount[] current, ParseContext ctx, out DeviceAmount[] result)
    {
        if (unit is DeviceAmountUnit.BlockWeight or DeviceAmountUnit.BlockBandwidth)
            ctx.Report(Severity.Warning, $"Unit uses {ctx.Name}=; please use IO*= settings instead. Support for {ctx.Name}= will be removed soon.");
        return base.Parse(value, current, ctx, out result);
    }

    protected override SetForm Form => SetForm.Whole;

    protected override void Merge(List<DeviceAmount> items, DeviceAmount item)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i].Path == item.Path)
            {
                items[i] = item;
                return;
            }
        }
        items.Add(item);
    }

    protected override bool TryItem(ReadOnlySpan<byte> value, ParseContext ctx, out DeviceAmount item)
    {
        item = default;
        using var words = new Words(value, WordFlags.Unquote);
        if (!words.Next(out ReadOnlySpan<byte> word) || words.Rest.Trim(" \t"u8).IsEmpty)
        {
            ctx.Warn(unit switch
            {
                DeviceAmountUnit.Latency => "Invalid device path or latency specified in '",
                DeviceAmountUnit.Weight => "Invalid device path or weight specified in '",
                DeviceAmountUnit.BlockWeight => "Invalid device node or weight specified in '",
                _ => "Invalid device node or bandwidth specified in '",
            }, value, "', ignoring.");
            return false;
        }
        var text = new ByteBuilder(stackalloc byte[256]);
        ByteText path = default;
        bool ok = ctx.Expand(word, ref text) && TextRules.AnyPath(text.Written, ctx, out path);
        text.Dispose();
        if (!ok)
            return false;
        ReadOnlySpan<byte> number = words.Rest.Trim(" \t"u8);
        NumberResult result = TryNumber(number, out ulong amount);
        string why = Numbers.Why(result);
        if (result != NumberResult.Done)
        {
            (string before, string after) = unit switch
            {
                DeviceAmountUnit.Weight => ("IO weight '", $"' invalid, ignoring: {why}"),
                DeviceAmountUnit.BlockWeight => ("Invalid block IO weight '", $"', ignoring: {why}"),
                DeviceAmountUnit.Latency => ("Failed to parse timer value, ignoring: ", ""),
                DeviceAmountUnit.BlockBandwidth => ("Invalid Block IO Bandwidth '", "', ignoring."),
                _ => ("Invalid IO limit '", "', ignoring."),
            };
            ctx.Warn(before, number, after);
        }
        item = new(path, amount);
        return result == NumberResult.Done;
    }

    protected override void PrintItem(DeviceAmount item, ref ByteBuilder to)
    {
        TextOut.Word(item.Path.Span, ref to, escapes: false);
        to.Append((byte)' ');
        if (unit == DeviceAmountUnit.Latency)
            TimeSpanText.Append(new Usec(item.Value), ref to);
        else if (item.Value == ulong.MaxValue)
            to.Append("infinity"u8);
        else
            to.AppendDecimal(item.Value);
    }

    protected override void WriteItem(DeviceAmount item, MessageWriter to)
    {
        to.WriteString(item.Path);
        to.WriteUInt64(item.Value);
    }

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out DeviceAmount item)
    {
        ByteText path = new(from.ReadString());
        item = new(path, from.ReadUInt64());
        return unit switch
        {
            DeviceAmountUnit.Weight => item.Value is >= 1 and <= 10_000 || ctx.Refuse($"{ctx.Property}= value out of range"),
            DeviceAmountUnit.BlockWeight => item.Value is >= 10 and <= 1_000 || ctx.Refuse($"{ctx.Property}= out of range"),
            _ => true,
        };
    }

    private NumberResult TryNumber(ReadOnlySpan<byte> text, out ulong value)
    {
        value = ulong.MaxValue;
        switch (unit)
        {
            case DeviceAmountUnit.Latency:
                bool ok = TimeSpanText.TryParse(text, out Usec span);
                value = span.Value;
                return ok ? NumberResult.Done : NumberResult.Invalid;
            case DeviceAmountUnit.Weight: return Within(Numbers.TryUnsigned(text, out value), value, 1, 10_000);
            case DeviceAmountUnit.BlockWeight: return Within(Numbers.TryUnsigned(text, out value), value, 10, 1_000);
            default: return unit == DeviceAmountUnit.Bandwidth && text.SequenceEqual("infinity"u8) ? NumberResult.Done : Within(Numbers.TrySize(text, out value, 1000), value, 1, ulong.MaxValue);
        }
    }

    private static NumberResult Within(NumberResult result, ulong value, ulong least, ulong most)
        => result == NumberResult.Done && (value < least || value > most) ? NumberResult.OutOfRange : result;
}
