namespace SysMaster.UnitConverter;

/// <summary>What came of one source: its units, and a note for each thing that it says.</summary>
/// <param name="source">The path, as the user knows it.</param>
/// <param name="format">The format's name; empty when none was recognised.</param>
internal sealed class Conversion(string source, string format)
{
    private readonly List<ConvertedUnit> _units = [];
    private readonly List<Note> _notes = [];

    public string Source { get; } = source;

    public string Format { get; } = format;

    public IReadOnlyList<ConvertedUnit> Units => _units;

    public IReadOnlyList<Note> Notes => _notes;

    public bool HasErrors => _notes.Exists(n => n.Kind == NoteKind.Error);

    /// <summary>A unit of this name; a second one of the same name gets a number.</summary>
    public ConvertedUnit Unit(string name)
    {
        string free = name;
        for (int i = 2; _units.Exists(u => u.Name == free); i++) { free = Numbered(name, i); }
        var unit = new ConvertedUnit(free);
        _units.Add(unit);
        return unit;
    }

    /// <summary>The unit is not to be written after all; a note has the reason.</summary>
    public void Forget(ConvertedUnit unit) => _units.Remove(unit);

    /// <summary>Notes made on trial that now hold.</summary>
    public void TakeNotes(Conversion other) => _notes.AddRange(other._notes);

    public void Carried(int line, string what, string into) => Add(NoteKind.Carried, line, what, into);

    public void Changed(int line, string what, string how) => Add(NoteKind.Changed, line, what, how);

    public void Dropped(int line, string what, string why) => Add(NoteKind.Dropped, line, what, why);

    public void Advice(int line, string what, string why) => Add(NoteKind.Advice, line, what, why);

    public void Error(int line, string what, string why) => Add(NoteKind.Error, line, what, why);

    private void Add(NoteKind kind, int line, string what, string why) => _notes.Add(new Note(kind, line, Text.Quote.ForPeople(what), Text.Quote.ForPeople(why)));

    private static string Numbered(string name, int number)
    {
        int dot = name.LastIndexOf('.');
        int at = name.IndexOf('@', StringComparison.Ordinal);
        int cut = at >= 0 ? at : dot;
        return $"{name[..cut]}-{number}{name[cut..]}";
    }
}
