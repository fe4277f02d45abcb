using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>DisableControllers=; lines add up.</summary>
public sealed class ControllersKind() : Kind<Controllers>("as")
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, Controllers current, ParseContext ctx, out Controllers result)
    {
        result = current;
        if (value.IsEmpty)
            return ParseOutcome.Reset;
        bool any = false;
        using var words = new Words(value, WordFlags.Unquote);
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            if (!ControllersText.TryWord(word, out Controllers one))
            {
                ctx.Warn("Invalid cgroup string: ", value, ", ignoring");
                return ParseOutcome.Refused;
            }
            result |= one;
            any = true;
        }
        return any ? ParseOutcome.Set : ParseOutcome.Refused;
    }

    public override void Print(Controllers value, ref ByteBuilder to) => ControllersText.Print(value, ref to);

    public override void Write(Controllers value, MessageWriter to) => ControllersText.Write(value, to);

    public override ParseOutcome Read(ref MessageReader from, Controllers current, ParseContext ctx, out Controllers result)
    {
        bool ok = ControllersText.TryRead(ref from, ctx, out Controllers read, out bool any);
        result = any ? current | read : Controllers.None;
        return ok ? ParseOutcome.Set : ParseOutcome.Refused;
    }
}
