namespace SysMaster.Core.Directives;

/// <summary>Where a setting came from: a line of one of the unit's files, or no file at all.</summary>
/// <param name="File">Index into the unit's list of source files (0 = fragment, then drop-ins), or one of the constants below.</param>
/// <param name="Line">Line in that file, from 1; 0 without a file.</param>
public readonly record struct Origin(int File, int Line)
{
    /// <summary>Set by a client: transient unit or SetUnitProperties.</summary>
    public static readonly Origin Bus = new(-1, 0);

    /// <summary>Set by the manager itself: implied by another setting or by the unit's name.</summary>
    public static readonly Origin Implied = new(-2, 0);

    /// <summary>Nobody set it.</summary>
    public static readonly Origin Default = new(-3, 0);

    public bool IsFile => File >= 0;
}
