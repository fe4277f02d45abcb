using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// $NAME as a word of its own becomes the words of its value (none when unset); ${NAME} anywhere becomes its value; $$ is one $.
/// man 5 systemd.service, "Command lines". Done here because HOME, USER and what PAM sets are known here only.
/// </summary>
internal static class Arguments
{
    public static ByteText[] Expand(Setup s)
    {
        ExecRequest r = s.Request;
        ByteText[] given = r.Argv.Length == 0 ? [r.Path] : r.Argv;
        return (r.Flags & ExecFlags.ExpandArguments) == 0 ? given : Expand(given, s.Environment);
    }

    public static ByteText[] Expand(ByteText[] given, EnvironmentBlock environment)
    {
        int first = Array.FindIndex(given, static a => a.Span.Contains((byte)'$'));
        if (first < 0) { return given; }
        var words = new List<ByteText>(given.Length + 8);
        foreach (ByteText argument in given)
        {
            ReadOnlySpan<byte> text = argument.Span;
            if (text.Length > 1 && text[0] == (byte)'$' && text[1] is not ((byte)'{' or (byte)'$'))
            {
                if (environment.TryGet(text[1..], out ReadOnlySpan<byte> value)) { Split(value, words); }
            }
            else { words.Add(text.Contains((byte)'$') ? Replace(text, environment) : argument); }
        }
        return [.. words];
    }

    private static ByteText Replace(ReadOnlySpan<byte> text, EnvironmentBlock environment)
    {
        var result = new List<byte>(text.Length + 64);
        for (int i = 0; i < text.Length; i++)
        {
            byte next = i + 1 < text.Length ? text[i + 1] : (byte)0;
            if (text[i] == (byte)'$' && next == (byte)'$')
            {
                result.Add((byte)'$');
                i++;
            }
            else if (text[i] == (byte)'$' && next == (byte)'{' && text[(i + 2)..].IndexOf((byte)'}') is >= 0 and int length)
            {
                if (environment.TryGet(text.Slice(i + 2, length), out ReadOnlySpan<byte> value)) { result.AddRange(value); }
                i += length + 2;
            }
            else { result.Add(text[i]); }
        }
        return new ByteText(result.ToArray());
    }

    /// <summary>At white space, with quotes and backslashes taken off; an unclosed quote ends with the value.</summary>
    private static void Split(ReadOnlySpan<byte> value, List<ByteText> words)
    {
        var word = new List<byte>();
        bool inWord = false;
        byte quote = 0;
        for (int i = 0; i < value.Length; i++)
        {
            byte c = value[i];
            if (quote != 0 && c == quote) { quote = 0; }
            else if (quote == 0 && c is (byte)'"' or (byte)'\'' && quote == 0)
            {
                quote = c;
                inWord = true;
            }
            else if (c == (byte)'\\' && i + 1 < value.Length)
            {
                word.Add(value[++i]);
                inWord = true;
            }
            else if (quote == 0 && c is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' && quote == 0)
            {
                if (inWord) { words.Add(new ByteText(word.ToArray())); }
                word.Clear();
                inWord = false;
            }
            else
            {
                word.Add(c);
                inWord = true;
            }
        }
        if (inWord) { words.Add(new ByteText(word.ToArray())); }
    }
}
