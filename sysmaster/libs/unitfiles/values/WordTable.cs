namespace SysMaster.UnitFiles;

/// <summary>Words with numbers, both ways: the many small enumerations of the kernel and of systemd. A few dozen words at most: looked for one by one.</summary>
public sealed class WordTable
{
    private readonly (string Word, int Value)[] _rows;

    /// <param name="rows">The first word of a value is the one printed.</param>
    public WordTable(params (string Word, int Value)[] rows) => _rows = rows;

    /// <summary>Numbered from 0 in the order given.</summary>
    public static WordTable Enumerate(params string[] words)
    {
        var rows = new (string, int)[words.Length];
        for (int i = 0; i < words.Length; i++) { rows[i] = (words[i], i); }
        return new WordTable(rows);
    }

    public IReadOnlyList<(string Word, int Value)> Rows => _rows;

    public bool TryParse(ReadOnlySpan<byte> text, out int value)
    {
        foreach ((string word, int number) in _rows)
        {
            if (text.Length == word.Length && System.Text.Ascii.Equals(text, word))
            {
                value = number;
                return true;
            }
        }
        value = 0;
        return false;
    }

    /// <summary>A word, or a number from 0 to <paramref name="max"/> as systemd takes beside the words.</summary>
    public bool TryParseOrNumber(ReadOnlySpan<byte> text, int max, out int value)
        => TryParse(text, out value) || (NumberText.TryParse(text, out value) && value >= 0 && value <= max);

    /// <returns>Null when the value has no word.</returns>
    public string? WordOrNull(int value)
    {
        foreach ((string word, int number) in _rows)
        {
            if (number == value) { return word; }
        }
        return null;
    }

    /// <summary>The word, or the number in digits.</summary>
    public string WordOrNumber(int value) => WordOrNull(value) ?? value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
