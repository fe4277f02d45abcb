namespace SysMaster.UnitConverter.Output;

/// <summary>The report for people: a line for each thing the source says, named as compilers do.</summary>
internal static class TextReport
{
    public static void Write(TextWriter output, Conversion conversion, bool onlyLosses)
    {
        string units = conversion.Units.Count == 0 ? "no unit" : string.Join(", ", conversion.Units.Select(u => u.Name));
        output.WriteLine($"{Text.Quote.ForPeople(conversion.Source)}: {(conversion.Format.Length > 0 ? conversion.Format : "not recognised")} -> {units}");
        foreach (Note note in conversion.Notes)
        {
            if (onlyLosses && (note.Kind is NoteKind.Carried or NoteKind.Advice)) { continue; }
            string place = note.Line > 0 ? $"{Text.Quote.ForPeople(conversion.Source)}:{note.Line}" : Text.Quote.ForPeople(conversion.Source);
            output.WriteLine($"  {place}: {Word(note.Kind)}: {note.What}{(note.What.Length > 0 ? ": " : "")}{note.Why}");
        }
    }

    public static string Word(NoteKind kind) => kind switch
    {
        NoteKind.Carried => "carried",
        NoteKind.Changed => "changed",
        NoteKind.Dropped => "dropped",
        NoteKind.Advice => "advice",
        _ => "error",
    };
}
