using SysMaster.UnitConverter.Formats.Shell;
using SysMaster.UnitConverter.Text;

namespace SysMaster.UnitConverter.Formats;

/// <summary>Command lines that sources hold as text.</summary>
internal static class CommandText
{
    /// <summary>
    /// The words of a command that needs no shell: nothing is expanded in it, redirected or chained. Null when it needs one.
    /// </summary>
    public static IReadOnlyList<string>? Words(string command)
    {
        try
        {
            if (ShellParser.Parse(command) is not ShellSequence { Nodes: [ShellSimple { Assignments.Count: 0, Redirects.Count: 0 } simple] }) { return null; }
            List<string> words = [];
            foreach (ShellWord word in simple.Words)
            {
                if (word.Literal is not { } literal || (!word.IsQuoted && literal.AsSpan().IndexOfAny("*?[~") >= 0)) { return null; }
                words.Add(literal);
            }
            return words.Count > 0 && words[0] is not ("exec" or "cd" or "." or "if" or "eval" or "ulimit" or "umask" or "export") ? words : null;
        }
        catch (ShellException) { return null; }
    }

    /// <summary>A line for ExecStart=: as it is where it names its program by path, else by way of a shell, which looks in PATH.</summary>
    public static string Exec(string command, bool mayExec = true)
    {
        if (Words(command) is { } words && words[0].StartsWith('/')) { return Exec(words); }
        return $"/bin/sh -c {Quote.Argument(mayExec && Words(command) is not null ? "exec " + command : command)}";
    }

    public static string Exec(IReadOnlyList<string> words) => Quote.Program(words[0]) + string.Concat(words.Skip(1).Select(w => " " + Quote.Argument(w)));
}
