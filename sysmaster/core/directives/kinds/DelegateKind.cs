using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>Delegate=: a boolean, or the controllers; an empty line delegates without any.</summary>
public sealed class DelegateKind() : Kind<Delegation>("b")
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, Delegation current, ParseContext ctx, out Delegation result)
    {
        if (ctx.Unit.IsValid && ctx.Unit.Kind is not (UnitKind.Service or UnitKind.Scope))
        {
            ctx.Error("{0}= setting not supported for this unit type, ignoring.", default);
            result = current;
            return ParseOutcome.Refused;
        }
        result = new(true, Controllers.None);
        if (value.IsEmpty)
            return ParseOutcome.Set;
        if (BooleanText.TryParse(value, out bool on))
        {
            result = new(on, on ? Controllers.All : Controllers.None);
            return ParseOutcome.Set;
        }
        Controllers controllers = current.Controllers;
        using var words = new Words(value, WordFlags.Unquote);
        while (words.Next(out ReadOnlySpan<byte> word))
        {
            if (ControllersText.TryWord(word, out Controllers one))
                controllers |= one;
            else
                ctx.Warn("Invalid controller name '", word, "', ignoring");
        }
        result = new(true, controllers);
        return ParseOutcome.Set;
    }

    public override void Print(Delegation value, ref ByteBuilder to)
    {
        if (!value.IsOn || value.Controllers == Controllers.All)
            to.Append(value.IsOn ? "yes"u8 : "no"u8);
        else
            ControllersText.Print(value.Controllers, ref to);
    }

    public override void Write(Delegation value, MessageWriter to) => to.WriteBoolean(value.IsOn);

    public override ParseOutcome Read(ref MessageReader from, Delegation current, ParseContext ctx, out Delegation result)
    {
        bool on = from.ReadBoolean();
        result = new(on, on ? Controllers.All : Controllers.None);
        return ctx.Unit.IsValid && ctx.Unit.Kind == UnitKind.Slice && !ctx.Refuse("Delegation not available for unit type") ? ParseOutcome.Refused : ParseOutcome.Set;
    }
}
