namespace SysMaster.UnitConverter;

/// <summary>One line of the report.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Line">In the source, from 1; 0 where no line says it.</param>
/// <param name="What">The thing, as the source has it.</param>
/// <param name="Why">What it became, or why it became nothing.</param>
internal sealed record Note(NoteKind Kind, int Line, string What, string Why);
