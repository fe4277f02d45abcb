using SysMaster.Linux;

namespace SysMaster.UnitFiles;

/// <summary>
/// $FOO, ${FOO} and $$ in the arguments of a command, done when it is started. man 5 systemd.service, "Command lines". $FOO as a whole word is split
/// at blanks, quotes in the value honoured, and an unset one gives no word; ${FOO} stands anywhere and is never split; nothing is expanded twice.
/// </summary>
public static class EnvironmentExpansion
{
    /// <param name="argv">As <see cref="ExecCommandSpec.Argv"/>; untouched.</param>
    /// <param name="environment">What the service will get.</param>
    /// <param name="unset">Names that were asked for and are not there, for one warning; null if nobody asks.</param>
    public static ByteText[] Expand(ReadOnlySpan<ByteText> argv, EnvironmentList environment, List<ByteText>? unset = null)
    {
        var result = new List<ByteText>(argv.Length);
        foreach (ByteText word in argv)
        {
            if (!word.Span.Contains((byte)'$')) { result.Add(word); }
            else if (IsBareVariable(word.Span)) { Split(word.Span[1..], environment, result, unset); }
            else { result.Add(ExpandWord(word.Span, environment, unset)); }
        }
        return result.ToArray();
    }

    /// <summary>"$" and then no brace and no second "$": the whole word is one variable's name, whatever it consists of.</summary>
    private static bool IsBareVariable(ReadOnlySpan<byte> word)
        => word[0] == (byte)'$' && (word.Length == 1 || word[1] is not ((byte)'{' or (byte)'$'));

    private static void Split(ReadOnlySpan<byte> name, EnvironmentList environment, List<ByteText> result, List<ByteText>? unset)
    {
        if (!environment.TryGet(name, out ReadOnlySpan<byte> value))
        {
            unset?.Add(new ByteText(name));
            return;
        }
        using var words = new Words(value, WordFlags.Relax | WordFlags.Unquote);
        while (words.Next(out ReadOnlySpan<byte> word)) { result.Add(new ByteText(word)); }
    }

    private static ByteText ExpandWord(ReadOnlySpan<byte> word, EnvironmentList environment, List<ByteText>? unset)
    {
        var output = new ByteBuilder(stackalloc byte[512]);
        ExpandText(word, environment, ref output, unset);
        ByteText text = output.ToByteText();
        output.Dispose();
        return text;
    }

    /// <summary>${FOO} and $$ in a text; "$" before anything else stays.</summary>
    public static void ExpandText(scoped ReadOnlySpan<byte> text, EnvironmentList environment, ref ByteBuilder output, List<ByteText>? unset = null)
    {
        while (true)
        {
            int dollar = text.IndexOf((byte)'$');
            output.Append(dollar < 0 ? text : text[..dollar]);
            if (dollar < 0) { return; }
            text = text[(dollar + 1)..];
            if (!text.IsEmpty && text[0] == (byte)'$')
            {
                output.Append((byte)'$');
                text = text[1..];
                continue;
            }
            if (text.IsEmpty || text[0] != (byte)'{')
            {
                output.Append((byte)'$');
                continue;
            }
            int end = text.IndexOfAny((byte)'}', (byte)':');
            if (end < 0 || text[end] == (byte)':')
            {
                // Never closed, or the shell's ${FOO:-default}, which units do not have: it stays as it is.
                output.Append((byte)'$');
                output.Append(end < 0 ? text : text[..(end + 1)]);
                text = end < 0 ? default : text[(end + 1)..];
                continue;
            }
            ReadOnlySpan<byte> name = text[1..end];
            if (environment.TryGet(name, out ReadOnlySpan<byte> value)) { output.Append(value); }
            else { unset?.Add(new ByteText(name)); }
            text = text[(end + 1)..];
        }
    }
}
