using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A setting for systemd-oomd, which looks after slices, services and scopes only. man 5 systemd.resource-control, ManagedOOMSwap=.</summary>
/// <param name="inner">How its values look.</param>
public sealed class ManagedOomKind<T>(Kind<T> inner) : Kind<T>(inner.BusSignature, inner.Nothing)
{
    public override ParseOutcome Parse(ReadOnlySpan<byte> value, T current, ParseContext ctx, out T result)
    {
        if (!ctx.Unit.IsValid || ctx.Unit.Kind is UnitKind.Slice or UnitKind.Service or UnitKind.Scope)
            return inner.Parse(value, current, ctx, out result);
        result = current;
        ctx.Warn("{0}= is not supported for this unit type, ignoring.", default);
        return ParseOutcome.Refused;
    }

    public override void Print(T value, ref ByteBuilder to) => inner.Print(value, ref to);

    public override void PrintSet(string name, T sent, T held, ref ByteBuilder to) => inner.PrintSet(name, sent, held, ref to);

    public override void Write(T value, MessageWriter to) => inner.Write(value, to);

    public override ParseOutcome Read(ref MessageReader from, T current, ParseContext ctx, out T result) => inner.Read(ref from, current, ctx, out result);
}
