namespace SysMaster.Core.Directives;

/// <summary>What one assignment asks for.</summary>
public enum ParseOutcome : byte
{
    /// <summary>The new value holds from here on.</summary>
    Set,

    /// <summary>The assignment was empty: back to the default.</summary>
    Reset,

    /// <summary>The value was refused and reported; the old one stays.</summary>
    Refused,
}
