using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>One value that somebody set, and who. Immutable, so bags can share it.</summary>
public abstract class Setting(Origin origin)
{
    public Origin Origin { get; } = origin;

    public abstract Directive Row { get; }

    internal abstract ushort Id { get; }

    /// <summary>Its lines add up.</summary>
    public abstract bool IsList { get; }

    public abstract bool SameValue(Setting other);

    /// <summary>Somebody wrote what holds anyway.</summary>
    public abstract bool IsDefault { get; }

    /// <summary>The setting as lines of a unit file.</summary>
    public abstract void PrintLines(ref ByteBuilder to);
}

/// <inheritdoc/>
internal sealed class Setting<T>(Directive<T> row, T value, Origin origin) : Setting(origin)
{
    public T Value { get; } = value;

    public override Directive Row => row;

    internal override ushort Id => row.Id;

    public override bool IsList => row.Kind.AddsUp;

    public override bool SameValue(Setting other) => other is Setting<T> o && o.Row == Row && row.Kind.Same(Value, o.Value);

    public override bool IsDefault => row.Kind.Same(Value, row.Default);

    public override void PrintLines(ref ByteBuilder to) => row.Kind.PrintLines(row.Name ?? "", Value, ref to);
}
