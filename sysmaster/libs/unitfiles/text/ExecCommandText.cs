using SysMaster.Linux;
using System.Text;

namespace SysMaster.UnitFiles;

/// <summary>
/// Reads Exec…= lines. man 5 systemd.service, "Command lines". A ";" of its own begins another command; prefixes @ - : + ! !! stand once each;
/// specifiers are expanded in every word after quotes and escapes are gone, so that what they give is never split or unescaped.
/// </summary>
public static class ExecCommandText
{
    private const WordFlags Quoting = WordFlags.Unquote | WordFlags.CUnescape | WordFlags.Warn;

    /// <summary>Adds the commands of one assignment. An empty value adds none: the caller resets the list for it.</summary>
    /// <param name="value">The right side of the assignment.</param>
    /// <param name="specifiers">Null: "%" is an ordinary character.</param>
    /// <param name="commands">Receives the commands; those before a bad one stay.</param>
    /// <param name="problems">Made when there is something to tell.</param>
    /// <returns>False when the unit must not be started (systemd: ENOEXEC, load state bad-setting).</returns>
    public static bool Parse(ReadOnlySpan<byte> value, ISpecifierSource? specifiers, List<ExecCommandSpec> commands, ref List<TextProblem>? problems)
    {
        var words = new Words(value, Quoting);
        try
        {
            ReadOnlySpan<byte> rest = value;
            while (true)
            {
                Step step = ParseOne(ref words, rest, specifiers, commands, ref problems);
                if (step != Step.Another) { return step != Step.Refused; }
                rest = words.Rest;
            }
        }
        finally { words.Dispose(); }
    }

    /// <summary>Takes the prefix characters off a first word.</summary>
    public static ExecCommandFlags TakePrefixes(ref ReadOnlySpan<byte> word, out bool separateArgv0)
    {
        const ExecCommandFlags Privileges = ExecCommandFlags.FullyPrivileged | ExecCommandFlags.NoSetUid | ExecCommandFlags.AmbientMagic;
        ExecCommandFlags flags = ExecCommandFlags.None;
        separateArgv0 = false;
        for (; !word.IsEmpty; word = word[1..])
        {
            switch (word[0])
            {
                case (byte)'-' when (flags & ExecCommandFlags.IgnoreFailure) == 0: flags |= ExecCommandFlags.IgnoreFailure; break;
                case (byte)':' when (flags & ExecCommandFlags.NoEnvironmentExpand) == 0: flags |= ExecCommandFlags.NoEnvironmentExpand; break;
                case (byte)'@' when !separateArgv0: separateArgv0 = true; break;
                case (byte)'+' when (flags & Privileges) == 0: flags |= ExecCommandFlags.FullyPrivileged; break;
                case (byte)'!' when (flags & Privileges) == 0: flags |= ExecCommandFlags.NoSetUid; break;
                case (byte)'!' when (flags & (ExecCommandFlags.FullyPrivileged | ExecCommandFlags.AmbientMagic)) == 0:
                    flags = (flags & ~ExecCommandFlags.NoSetUid) | ExecCommandFlags.AmbientMagic;
                    break;
                default: return flags;
            }
        }
        return flags;
    }

    private enum Step { Finished, Another, Refused }

    private static Step ParseOne(ref Words words, scoped ReadOnlySpan<byte> line, ISpecifierSource? specifiers, List<ExecCommandSpec> commands, ref List<TextProblem>? problems)
    {
        if (!words.Next(out ReadOnlySpan<byte> first))
        {
            if (words.Failed) { Tell(ref problems, UnitFileMessages.UnbalancedQuoting(line), false); }
            return Step.Finished;
        }
        TellEscape(ref words, first, ref problems);
        if (first.SequenceEqual(";"u8)) { return Step.Another; }

        ExecCommandFlags flags = TakePrefixes(ref first, out bool separateArgv0);
        bool ignore = (flags & ExecCommandFlags.IgnoreFailure) != 0;
        if (!TryExpand(first, specifiers, Specifiers.MaxPath, out ByteText path))
        {
            return Refuse(ref problems, ignore, "Failed to resolve unit specifiers in '", first, "'", ": Invalid argument");
        }
        if (path.IsEmpty)
        {
            Tell(ref problems, $"Empty path in command line, ignoring: '{Encoding.UTF8.GetString(line)}'", false);
            return Step.Finished;
        }
        if (!IsSafe(path.Span)) { return Refuse(ref problems, ignore, "Executable name contains special characters", path.Span); }
        if (path.EndsWith("/"u8)) { return Refuse(ref problems, ignore, "Executable path specifies a directory", path.Span); }
        if (!(PathText.IsAbsolute(path.Span) ? PathText.IsValid(path.Span) : PathText.IsFileName(path.Span)))
        {
            return Refuse(ref problems, ignore, "Neither a valid executable name nor an absolute path", path.Span);
        }

        var argv = new List<ByteText>();
        if (!separateArgv0) { argv.Add(path); }
        Step step = Arguments(ref words, line, specifiers, argv, ignore, ref problems);
        if (step == Step.Refused) { return ignore ? Step.Finished : Step.Refused; }
        if (argv.Count == 0 || argv[0].IsEmpty) { return Refuse(ref problems, ignore, "Empty executable name or zeroeth argument", line); }
        commands.Add(new ExecCommandSpec(Simplified(path), argv.ToArray(), flags));
        return step;
    }

    private static Step Arguments(ref Words words, scoped ReadOnlySpan<byte> line, ISpecifierSource? specifiers, List<ByteText> argv, bool ignore, ref List<TextProblem>? problems)
    {
        while (true)
        {
            ReadOnlySpan<byte> rest = words.Rest;
            if (IsToken(rest, ";"u8))
            {
                words.Skip(1);
                return Step.Another;
            }
            // Asked of the raw text: after unquoting, "\;" and "\\;" could not be told apart.
            if (IsToken(rest, "\\;"u8))
            {
                words.Skip(2);
                argv.Add(new ByteText(";"u8));
                continue;
            }
            if (!words.Next(out ReadOnlySpan<byte> word))
            {
                if (!words.Failed) { return Step.Finished; }
                Tell(ref problems, UnitFileMessages.UnbalancedQuoting(line), !ignore);
                return Step.Refused;
            }
            TellEscape(ref words, word, ref problems);
            if (!TryExpand(word, specifiers, Specifiers.MaxString, out ByteText text))
            {
                _ = Refuse(ref problems, ignore, "Failed to resolve unit specifiers in ", word, "", ": Invalid argument");
                return Step.Refused;
            }
            argv.Add(text);
        }
    }

    private static bool IsToken(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> token)
        => rest.StartsWith(token) && (rest.Length == token.Length || Ascii.IsWhite(rest[token.Length]));

    private static bool TryExpand(scoped ReadOnlySpan<byte> word, ISpecifierSource? specifiers, int limit, out ByteText text)
    {
        if (specifiers is null || !Specifiers.IsNeeded(word))
        {
            text = new ByteText(word);
            return true;
        }
        var output = new ByteBuilder(stackalloc byte[512]);
        bool done = Specifiers.Expand(word, specifiers, ref output, limit) == SpecifierResult.Done;
        text = done ? output.ToByteText() : default;
        output.Dispose();
        return done;
    }

    private static ByteText Simplified(ByteText path)
    {
        if (path.Span.IndexOf("//"u8) < 0 && path.Span.IndexOf("/."u8) < 0) { return path; }
        var output = new ByteBuilder(stackalloc byte[512]);
        PathText.Simplify(path.Span, ref output);
        ByteText simple = output.ToByteText();
        output.Dispose();
        return simple;
    }

    /// <summary>Nothing a name in a message or a shell would trip over: control characters, quotes, backslash.</summary>
    private static bool IsSafe(ReadOnlySpan<byte> text)
    {
        foreach (byte c in text)
        {
            if (c is < 32 or 127 or (byte)'"' or (byte)'\'' or (byte)'\\') { return false; }
        }
        return true;
    }

    private static Step Refuse(ref List<TextProblem>? problems, bool ignore, string what, scoped ReadOnlySpan<byte> text)
    {
        Tell(ref problems, $"{what}{(ignore ? ", ignoring" : "")}: {Encoding.UTF8.GetString(text)}", !ignore);
        return ignore ? Step.Finished : Step.Refused;
    }

    private static Step Refuse(ref List<TextProblem>? problems, bool ignore, string before, scoped ReadOnlySpan<byte> text, string after, string why)
    {
        Tell(ref problems, $"{before}{Encoding.UTF8.GetString(text)}{after}{(ignore ? ", ignoring" : "")}{why}", !ignore);
        return ignore ? Step.Finished : Step.Refused;
    }

    private static void TellEscape(ref Words words, scoped ReadOnlySpan<byte> word, ref List<TextProblem>? problems)
    {
        if (words.HadUnknownEscape) { Tell(ref problems, UnitFileMessages.UnknownEscape(word), false); }
    }

    private static void Tell(ref List<TextProblem>? problems, string message, bool isError) => (problems ??= []).Add(new TextProblem(message, isError));
}
