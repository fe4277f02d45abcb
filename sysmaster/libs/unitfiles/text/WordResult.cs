namespace SysMaster.UnitFiles;

/// <summary>What one step of <see cref="Words"/> came to.</summary>
public enum WordResult
{
    /// <summary>No more words.</summary>
    End,

    /// <summary>A word, possibly empty.</summary>
    Word,

    /// <summary>An unclosed quote, or an escape that does not exist; nothing more comes.</summary>
    Invalid,
}
