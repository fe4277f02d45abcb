using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>
/// The lines of a unit file (and of every file in its dialect), one by one, out of the bytes of the whole file. man 7 systemd.syntax.
/// A line ends with LF, CR, NUL or a run of one of each; it goes on when it ends with an unescaped backslash, which becomes a blank; lines whose
/// first character is "#" or ";" vanish, within a continuation too. Nothing is copied but continued lines; spans hold until the next step.
/// </summary>
/// <remarks>
/// <code>
/// using var reader = new UnitFileReader(bytes);
/// while (reader.MoveNext())
///     switch (reader.Item) { case UnitFileItem.Section: if (!known) { reader.IgnoreSection(); } … }
/// </code>
/// Sections named "X-…" are ignored here, in silence. What to do with others that nobody knows is the caller's:
/// warn with <see cref="UnitFileMessages.UnknownSection"/> and call <see cref="IgnoreSection"/>.
/// </remarks>
public ref struct UnitFileReader
{
    /// <summary>Longest line, and longest sum of continued lines, in bytes.</summary>
    public const int MaxLine = 1 << 20;

    private readonly ReadOnlySpan<byte> _file;
    private int _at;
    private byte[]? _joined;
    private int _joinedLength;
    private bool _continuing;
    private bool _inSection;
    private bool _ignored;
    private bool _stopped;

    public UnitFileReader(ReadOnlySpan<byte> file) => _file = file;

    public UnitFileItem Item { get; private set; }

    /// <summary>The current section; empty before the first and inside an ignored one.</summary>
    public ReadOnlySpan<byte> Section { get; private set; }

    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>Stripped of blanks on both sides; quotes, escapes and specifiers untouched.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    public UnitFileProblem Problem { get; private set; }

    /// <summary>Where the item ends, counted from 1: the last physical line of a continued one, as systemd reports it.</summary>
    public int Line { get; private set; }

    /// <summary>The whole logical line, stripped: what a message about a bad line quotes.</summary>
    public ReadOnlySpan<byte> Raw { get; private set; }

    /// <summary>systemd gives up on the file here. Reading on is possible but for a line that is too long.</summary>
    public readonly bool IsFatal => Problem > UnitFileProblem.MissingKey;

    /// <summary>Assignments up to the next section header are passed over without a word.</summary>
    public void IgnoreSection()
    {
        _ignored = true;
        _inSection = false;
        Section = default;
    }

    public void Dispose()
    {
        if (_joined is not null) { BytePool.Return(_joined); }
        _joined = null;
    }

    public bool MoveNext()
    {
        Problem = UnitFileProblem.None;
        while (!_stopped && NextLogicalLine(out ReadOnlySpan<byte> line))
        {
            if (Classify(Ascii.Strip(line))) { return true; }
        }
        return Problem != UnitFileProblem.None;   // a line that was too long stops everything, but is told once
    }

    /// <summary>Reads physical lines until one does not go on.</summary>
    private bool NextLogicalLine(out ReadOnlySpan<byte> line)
    {
        _joinedLength = 0;
        _continuing = false;
        while (NextPhysicalLine(out line))
        {
            if (line.Length > MaxLine) { return Stop(UnitFileProblem.LineTooLong); }
            ReadOnlySpan<byte> start = Ascii.SkipWhite(line);
            if (!start.IsEmpty && start[0] is (byte)'#' or (byte)';') { continue; }
            if (line.StartsWith("\ufeff"u8) && Line == 1) { line = line[3..]; }
            if (line.Length + _joinedLength > MaxLine) { return Stop(UnitFileProblem.ContinuationTooLong); }
            bool goesOn = EndsWithBackslash(line);
            if (!goesOn && !_continuing) { return true; }
            Join(goesOn ? line[..^1] : line);
            if (!goesOn)
            {
                line = _joined.AsSpan(0, _joinedLength);
                return true;
            }
            _continuing = true;
            Join(" "u8);
        }
        if (!_continuing) { return false; }
        line = _joined.AsSpan(0, _joinedLength);
        Line++;
        _continuing = false;
        return true;
    }

    /// <summary>An odd number of backslashes at the end.</summary>
    private static bool EndsWithBackslash(ReadOnlySpan<byte> line)
    {
        int i = line.Length;
        while (i > 0 && line[i - 1] == (byte)'\\') { i--; }
        return ((line.Length - i) & 1) != 0;
    }

    private bool NextPhysicalLine(out ReadOnlySpan<byte> line)
    {
        line = default;
        if (_at >= _file.Length) { return false; }
        ReadOnlySpan<byte> rest = _file[_at..];
        int length = rest.IndexOfAny((byte)'\n', (byte)'\r', (byte)0);
        if (length < 0) { length = rest.Length; }
        line = rest[..length];
        int end = length;
        int seen = 0;
        while (end < rest.Length)
        {
            int bit = rest[end] switch { (byte)'\n' => 1, (byte)'\r' => 2, 0 => 4, _ => 0 };
            if (bit == 0 || (seen & bit) != 0 || (seen & 4) != 0) { break; }   // nothing joins after a NUL
            seen |= bit;
            end++;
        }
        _at += end;
        Line++;
        return true;
    }

    private bool Stop(UnitFileProblem problem)
    {
        _stopped = true;
        Item = UnitFileItem.BadLine;
        Problem = problem;
        Raw = default;
        return false;
    }

    private void Join(scoped ReadOnlySpan<byte> text)
    {
        if (_joined is null || _joinedLength + text.Length > _joined.Length)
        {
            byte[] bigger = BytePool.Rent(Math.Max(1024, (_joinedLength + text.Length) * 2));
            _joined.AsSpan(0, _joinedLength).CopyTo(bigger);
            if (_joined is not null) { BytePool.Return(_joined); }
            _joined = bigger;
        }
        text.CopyTo(_joined.AsSpan(_joinedLength));
        _joinedLength += text.Length;
    }

    /// <returns>False when there is nothing to tell: an empty line, or one in an ignored section.</returns>
    private bool Classify(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty) { return false; }
        Raw = line;
        if (!Ascii.IsUtf8(line)) { return Bad(UnitFileProblem.NotUtf8); }
        if (line[0] == (byte)'[') { return Header(line); }
        if (!_inSection) { return !_ignored && Bad(UnitFileProblem.OutsideOfSection); }
        int equals = line.IndexOf((byte)'=');
        if (equals <= 0) { return Bad(equals < 0 ? UnitFileProblem.MissingEquals : UnitFileProblem.MissingKey); }
        Item = UnitFileItem.Assignment;
        Key = line[..equals].TrimEnd(Ascii.Whitespace);
        Value = line[(equals + 1)..].TrimStart(Ascii.Whitespace);
        return true;
    }

    private bool Header(ReadOnlySpan<byte> line)
    {
        if (line[^1] != (byte)']') { return Bad(UnitFileProblem.InvalidSectionHeader); }
        ReadOnlySpan<byte> name = line[1..^1];
        foreach (byte c in name)
        {
            if (c is < 32 or 127 or (byte)'"' or (byte)'\'' or (byte)'\\') { return Bad(UnitFileProblem.BadCharactersInSection); }
        }
        if (name.StartsWith("X-"u8))
        {
            IgnoreSection();
            return false;
        }
        _inSection = true;
        _ignored = false;
        Item = UnitFileItem.Section;
        Section = _file.Overlaps(name) ? name : name.ToArray();   // must outlive the scratch memory of a continued line
        return true;
    }

    private bool Bad(UnitFileProblem problem)
    {
        Item = UnitFileItem.BadLine;
        Problem = problem;
        return true;
    }
}
