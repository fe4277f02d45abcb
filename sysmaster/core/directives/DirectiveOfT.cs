using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>A row whose value is a <typeparamref name="T"/>. Its construction is assignments only, so that the AOT compiler can do it ahead.</summary>
public sealed class Directive<T> : Directive
{
    private readonly Directive<T>? _into;
    private readonly Directive<T>? _also;

    /// <param name="name">In unit files; null for the bus only.</param>
    /// <param name="kind">How its values look.</param>
    /// <param name="def">What holds when nobody set it; the kind's own nothing when left out.</param>
    /// <param name="bus">The D-Bus property.</param>
    /// <param name="use">What the bus may do with it.</param>
    /// <param name="since">systemd version.</param>
    /// <param name="honour">Whether it has an effect.</param>
    /// <param name="into">The row whose setting this is another name or view of.</param>
    /// <param name="like">The row whose value this one has when nobody set it.</param>
    /// <param name="also">A second row that an assignment sets (<c>TimeoutSec=</c>).</param>
    public Directive(string? name, Kind<T> kind, T def = default!, string? bus = null, BusUse use = BusUse.Normal, int since = 0,
        Honour honour = Honour.Yes, Directive<T>? into = null, Directive<T>? also = null, Directive<T>? like = null)
        : base(name, bus, kind.BusSignature, use, since, honour)
    {
        Kind = kind;
        Default = def is null ? kind.Nothing : def;
        _into = into;
        _also = also;
        Like = like;
    }

    public Kind<T> Kind { get; }

    public T Default { get; }

    /// <summary>Stands in for the default.</summary>
    public Directive<T>? Like { get; }

    public Directive<T> Slot => _into ?? this;

    public override Directive SlotRow => Slot;

    public override bool IsList => Slot.Kind.AddsUp;

    public override string TransientSignature => Kind.TransientSignature;

    public override void Parse(SettingsBag bag, ReadOnlySpan<byte> value, ParseContext ctx)
    {
        Directive<T> slot = Slot;
        ParseOutcome outcome = Kind.Parse(value, bag.Get(slot), ctx, out T parsed);
        Apply(bag, outcome, parsed, ctx.Origin);
    }

    public override void WriteBus(SettingsBag bag, MessageWriter to) => Kind.Write(bag.Get(Slot), to);

    public override bool ReadBus(SettingsBag bag, ref MessageReader from, ParseContext ctx)
    {
        ParseOutcome outcome = Kind.Read(ref from, bag.Get(Slot), ctx, out T read);
        Apply(bag, outcome, read, ctx.Origin);
        return outcome != ParseOutcome.Refused;
    }

    public override bool Set(SettingsBag bag, ref MessageReader from, ParseContext ctx, bool whole, ref ByteBuilder lines)
    {
        MessageReader again = from;
        if (!ReadBus(bag, ref from, ctx))
            return false;
        Kind<T> printer = Kind.IsView ? Slot.Kind : Kind;
        T held = bag.Get(Slot), sent = held;
        if (!whole)
            _ = Kind.Read(ref again, Slot.Kind.Nothing, ctx, out sent);
        printer.PrintSet(Name ?? Slot.Name ?? Bus!, sent, held, ref lines);
        return true;
    }

    public override void WriteText(SettingsBag bag, ref ByteBuilder to)
    {
        Directive<T> slot = Slot;
        if (bag.IsSet(slot))
            slot.Kind.PrintLines(slot.Name ?? "", bag.Get(slot), ref to);
    }

    private void Apply(SettingsBag bag, ParseOutcome outcome, T value, Origin origin)
    {
        if (outcome == ParseOutcome.Refused)
            return;
        for (Directive<T>? to = Slot; to is not null; to = to == Slot ? _also : null)
        {
            if (outcome == ParseOutcome.Set)
                bag.Set(to, value, origin);
            else
                bag.Unset(to);
        }
    }
}
