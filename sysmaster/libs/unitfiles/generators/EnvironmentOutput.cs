using SysMaster.Linux;

namespace SysMaster.UnitFiles.Generators;

/// <summary>
/// The manager's block as environment generators change it, one after the other: each line "NAME=value" of a generator's output sets a variable,
/// "NAME=" to the empty text. Later ones see what earlier ones set. man 7 systemd.environment-generator.
/// </summary>
public sealed class EnvironmentOutput
{
    private readonly List<ByteText> _variables = [];

    /// <summary>"NAME=value", in the order they were first set.</summary>
    public IReadOnlyList<ByteText> Variables => _variables;

    /// <summary>Sets one variable: "NAME=value".</summary>
    /// <returns>False for what is no assignment or has no valid name.</returns>
    public bool Set(ReadOnlySpan<byte> assignment)
    {
        int equals = assignment.IndexOf((byte)'=');
        if (equals <= 0 || !IsName(assignment[..equals]) || assignment.Contains((byte)0)) { return false; }
        ByteText variable = assignment;
        ByteText name = assignment[..(equals + 1)];
        int known = _variables.FindIndex(v => v.StartsWith(name.Span));
        if (known < 0) { _variables.Add(variable); }
        else { _variables[known] = variable; }
        return true;
    }

    /// <summary>Takes all that one generator printed.</summary>
    /// <returns>The lines that were no assignments, to warn about.</returns>
    public List<ByteText> Add(ReadOnlySpan<byte> output)
    {
        var bad = new List<ByteText>();
        foreach (Range range in output.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = output[range];
            if (line.IsEmpty || Set(Unquoted(line))) { continue; }
            bad.Add(line);
        }
        return bad;
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        if (Ascii.IsDigit(name[0])) { return false; }
        foreach (byte c in name)
        {
            if (!Ascii.IsLetter(c) && !Ascii.IsDigit(c) && c != (byte)'_') { return false; }
        }
        return true;
    }

    /// <summary>A value may stand in quotes or with backslashes, as in an environment file.</summary>
    private static ReadOnlySpan<byte> Unquoted(ReadOnlySpan<byte> line)
    {
        if (line.IndexOfAny((byte)'"', (byte)'\'', (byte)'\\') < 0) { return line; }
        var text = new ByteBuilder(stackalloc byte[512]);
        byte quote = 0;
        for (int i = 0; i < line.Length; i++)
        {
            byte c = line[i];
            if (c == (byte)'\\' && quote != (byte)'\'' && i + 1 < line.Length) { AppendEscaped(ref text, line[++i], quote); }
            else if (quote == 0 && c is (byte)'"' or (byte)'\'' && quote == 0) { quote = c; }
            else if (c == quote) { quote = 0; }
            else { text.Append(c); }
        }
        byte[] result = text.Written.ToArray();
        text.Dispose();
        return result;
    }

    private static void AppendEscaped(ref ByteBuilder text, byte c, byte quote)
    {
        if (quote == (byte)'"' && c is not ((byte)'"' or (byte)'\\' or (byte)'$' or (byte)'`')) { text.Append((byte)'\\'); }
        text.Append(c);
    }
}
