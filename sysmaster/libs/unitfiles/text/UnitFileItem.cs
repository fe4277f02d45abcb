namespace SysMaster.UnitFiles;

/// <summary>What one logical line of a unit file is.</summary>
public enum UnitFileItem
{
    /// <summary>"[Name]": <see cref="UnitFileReader.Section"/>.</summary>
    Section,

    /// <summary>"Key=value" inside a section.</summary>
    Assignment,

    /// <summary>A line to warn about, in <see cref="UnitFileReader.Problem"/>; the next one may be fine.</summary>
    BadLine,
}
