using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>
/// Where a type of value is known, once for all directives that have it: reading it from a unit file, printing it back, and its
/// D-Bus form both ways. Stateless; a row refers to one. Repetition is the kind's property: a scalar ignores
/// the value it replaces, a list appends to it, and an empty assignment resets.
/// </summary>
/// <param name="busSignature">The one complete D-Bus type of the property.</param>
/// <param name="nothing">What an unset setting reads as when the row names no default; never null for lists.</param>
public abstract class Kind<T>(string busSignature, T nothing = default!)
{
    public string BusSignature { get; } = busSignature;

    /// <summary>What a client sends to set it: differs where the property carries run-time state too.</summary>
    public virtual string TransientSignature => BusSignature;

    public T Nothing { get; } = nothing;

    /// <summary>One assignment from a unit file. What is wrong with it is reported through <paramref name="ctx"/>, with the parsed part kept or the old value left.</summary>
    /// <param name="value">Right of the equals sign, continuation lines joined, blanks trimmed.</param>
    /// <param name="current">The value so far, or the default.</param>
    /// <param name="ctx">Unit, specifiers, place, and where complaints go.</param>
    /// <param name="result">Meaningful for <see cref="ParseOutcome.Set"/> only.</param>
    public abstract ParseOutcome Parse(ReadOnlySpan<byte> value, T current, ParseContext ctx, out T result);

    /// <summary>Prints what stands right of the equals sign, so that <see cref="Parse"/> of it on an unset setting gives the same value.</summary>
    public abstract void Print(T value, ref ByteBuilder to);

    /// <summary>Prints one or more whole lines; a list may need several.</summary>
    public virtual void PrintLines(string name, T value, ref ByteBuilder to)
    {
        to.AppendAscii(name);
        to.Append("="u8);
        Print(value, ref to);
        to.Append("\n"u8);
    }

    /// <summary>
    /// Prints what a client set as whole lines, in the form in which systemd writes it into the file of a transient unit or a drop-in, wherever that form is read back as
    /// the same value.
    /// </summary>
    /// <param name="name">The directive.</param>
    /// <param name="sent">What the client sent; for a drop-in, which stands for all that was set so far, the same as <paramref name="held"/>.</param>
    /// <param name="held">What holds now.</param>
    /// <param name="to">Takes the lines.</param>
    public virtual void PrintSet(string name, T sent, T held, ref ByteBuilder to) => PrintLines(name, AddsUp ? sent : held, ref to);

    /// <summary>It is printed by the row whose setting it is a view of.</summary>
    public virtual bool IsView => false;

    /// <summary>Writes one value of <see cref="BusSignature"/>.</summary>
    public abstract void Write(T value, MessageWriter to);

    /// <summary>Reads one value of <see cref="BusSignature"/>, which the caller has checked, as a transient property.</summary>
    public abstract ParseOutcome Read(ref MessageReader from, T current, ParseContext ctx, out T result);

    /// <summary>A line adds to those before it, rather than replacing them.</summary>
    public virtual bool AddsUp => false;

    public virtual bool Same(T a, T b) => EqualityComparer<T>.Default.Equals(a, b);
}
