using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>One type of condition: its lines join the list of all; an empty line empties the whole list, whatever the type.</summary>
/// <param name="type">Which.</param>
public sealed class ConditionOfKind(ConditionType type) : LineListKind<ConditionSpec>("a(sbbsi)")
{
    private readonly bool _path = TakesPath(type);

    public static bool TakesPath(ConditionType type) => type is ConditionType.PathExists or ConditionType.PathExistsGlob or ConditionType.PathIsDirectory
        or ConditionType.PathIsSymbolicLink or ConditionType.PathIsMountPoint or ConditionType.PathIsReadWrite or ConditionType.PathIsEncrypted
        or ConditionType.PathIsSocket or ConditionType.DirectoryNotEmpty or ConditionType.FileNotEmpty or ConditionType.FileIsExecutable
        or ConditionType.NeedsUpdate;

    protected override bool TryItem(ReadOnlySpan<byte> value, ParseContext ctx, out ConditionSpec item)
    {
        item = default;
        bool trigger = value[0] == (byte)'|';
        if (trigger)
            value = After(value);
        bool negated = !value.IsEmpty && value[0] == (byte)'!';
        if (negated)
            value = After(value);
        var text = new ByteBuilder(stackalloc byte[512]);
        bool ok = ctx.ExpandBare(value, ref text);
        ByteText parameter = default;
        if (ok && _path)
            ok = TextRules.Path(text.Written, fatal: false, ctx, out parameter);
        else
            parameter = text.ToByteText();
        text.Dispose();
        item = new(type, trigger, negated, parameter);
        return ok;
    }

    protected override void PrintItem(ConditionSpec item, ref ByteBuilder to) => TextOut.Percent(item.Parameter.Span, ref to);

    protected override void WriteItem(ConditionSpec item, MessageWriter to) => throw new InvalidOperationException("a condition of one type is no property");

    protected override bool ReadItem(ref MessageReader from, ParseContext ctx, out ConditionSpec item)
        => throw new InvalidOperationException("a condition of one type is no property");

    /// <summary>What stands behind a prefix: blanks before a path belong to it.</summary>
    private ReadOnlySpan<byte> After(ReadOnlySpan<byte> text) => _path ? text[1..] : text[1..].TrimStart(" \t"u8);
}
