namespace SysMaster.UnitFiles;

/// <summary>Who knows what %n, %i and the others stand for: the core for a unit, the installer for [Install].</summary>
public interface ISpecifierSource
{
    /// <summary>Appends what the specifier stands for.</summary>
    /// <returns><see cref="SpecifierResult.Unknown"/> for letters this source does not have; nothing has been appended then.</returns>
    SpecifierResult Expand(byte specifier, ref ByteBuilder output);
}
