using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>
/// One row: a name in a unit file, a property on the bus, or both, for one setting. Parser, bus getters, transient properties, linter and
/// documentation walk these rows. An old name, or a second view of the same setting (<c>LimitCPUSoft</c> of
/// <c>LimitCPU=</c>), is a row of its own that keeps its value in another row's slot.
/// </summary>
public abstract class Directive(string? name, string? bus, string busSignature, BusUse use, int since, Honour honour)
{
    /// <summary>Unique among the tables of one unit type; given by the table. Never stored or sent.</summary>
    public ushort Id { get; internal set; }

    /// <summary>Left of the equals sign; null for a row that only the bus knows.</summary>
    public string? Name { get; } = name;

    /// <summary>The D-Bus property; null where there is none.</summary>
    public string? Bus { get; } = bus;

    public string BusSignature { get; } = busSignature;

    /// <summary>The type that a client sends to set it.</summary>
    public abstract string TransientSignature { get; }

    public BusUse Use { get; } = bus is null ? BusUse.None : use;

    /// <summary>The systemd version that brought it; 0 for the old ones.</summary>
    public int Since { get; } = since;

    public Honour Honour { get; } = honour;

    /// <summary>One line of help.</summary>
    public string Doc => DirectiveHelp.Of(this);

    /// <summary>Its lines add up.</summary>
    public abstract bool IsList { get; }

    /// <summary>The row whose setting this one reads and writes; itself for most.</summary>
    public abstract Directive SlotRow { get; }

    /// <summary>One assignment of a unit file. Refused values are reported and leave the old one.</summary>
    public abstract void Parse(SettingsBag bag, ReadOnlySpan<byte> value, ParseContext ctx);

    /// <summary>The value in force, or the default, as the D-Bus property.</summary>
    public abstract void WriteBus(SettingsBag bag, MessageWriter to);

    /// <summary>A transient property or one of SetUnitProperties. The caller has compared the signature with <see cref="TransientSignature"/>.</summary>
    /// <returns>False when the value was refused; <see cref="ParseContext.Refusal"/> says why.</returns>
    public abstract bool ReadBus(SettingsBag bag, ref MessageReader from, ParseContext ctx);

    /// <summary>The same, and prints the setting as whole lines of the file that keeps it.</summary>
    /// <param name="whole">The lines stand for all that the bag holds of it (a drop-in), rather than for what was sent now.</param>
    public abstract bool Set(SettingsBag bag, ref MessageReader from, ParseContext ctx, bool whole, ref ByteBuilder lines);

    /// <summary>What the bag holds for this row as lines of a unit file, without the section.</summary>
    public abstract void WriteText(SettingsBag bag, ref ByteBuilder to);
}
