namespace SysMaster.UnitFiles.Lookup;

public enum LookupOutcome
{
    /// <summary>There is a fragment to read.</summary>
    Found,

    /// <summary>The fragment is /dev/null or empty.</summary>
    Masked,

    /// <summary>No file of that name, or a link to nowhere.</summary>
    NotFound,

    /// <summary>Something is there but cannot be used: <see cref="UnitLookup.Error"/>.</summary>
    Error,
}
