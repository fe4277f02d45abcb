namespace SysMaster.UnitConverter;

/// <summary>What became of one thing that the source says.</summary>
internal enum NoteKind
{
    /// <summary>The unit says the same.</summary>
    Carried,

    /// <summary>The unit says something near it; the note has the difference.</summary>
    Changed,

    /// <summary>The unit does not say it.</summary>
    Dropped,

    /// <summary>Nothing of the source: what to look at, or to do, before the unit is used.</summary>
    Advice,

    /// <summary>A part of the source is wrong, and was left out.</summary>
    Error,
}
