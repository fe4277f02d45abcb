namespace SysMaster.Lint;

/// <summary>All rules. SM0xx: a line by itself; SM1xx: what it names on this machine.</summary>
public static class Rules
{
    public static readonly Rule Honoured = new("SM000", "honoured", Level.None, "The directive has its effect.");
    public static readonly Rule UnknownSection = new("SM001", "unknown", Level.Warning, "A section that this kind of unit does not have: it is passed over.");
    public static readonly Rule Unknown = new("SM002", "unknown", Level.Warning, "A directive that its section does not have: it is passed over.");
    public static readonly Rule BadValue = new("SM003", "bad value", Level.Error, "A value, or a part of it, that is refused.");
    public static readonly Rule BadLine = new("SM004", "bad line", Level.Error, "Not a line of a unit file, or a file that cannot be read.");
    public static readonly Rule ParsedOnly = new("SM005", "parsed only", Level.Warning, "A directive that is read and shown, and has no effect with sysmaster.");
    public static readonly Rule Obsolete = new("SM006", "obsolete", Level.Note, "An old name: accepted, and means another directive or nothing.");
    public static readonly Rule MissingProgram = new("SM101", "missing program", Level.Error, "The program of a command is not there, or cannot be executed.");
    public static readonly Rule MissingFile = new("SM102", "missing file", Level.Error, "A file that must be there is not.");
    public static readonly Rule MissingUnit = new("SM103", "missing unit", Level.Warning, "A unit that is required is not there.");
    public static readonly Rule Writable = new("SM104", "writable", Level.Error, "Others than root may write a file that decides what root runs.");

    public static IReadOnlyList<Rule> All { get; } =
        [Honoured, UnknownSection, Unknown, BadValue, BadLine, ParsedOnly, Obsolete, MissingProgram, MissingFile, MissingUnit, Writable];
}
