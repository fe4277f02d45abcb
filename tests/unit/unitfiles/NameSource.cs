namespace SysMaster.UnitFiles.Tests;

/// <summary>The specifiers that a unit's name alone gives.</summary>
internal sealed class NameSource(UnitName name) : ISpecifierSource
{
    public SpecifierResult Expand(byte specifier, ref ByteBuilder output) => Specifiers.ExpandName(name, specifier, ref output);
}
