using System.Text;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>What the parser of one assignment needs to know beside the value: which unit, which line, what %-specifiers mean, where complaints go. One for a whole load; its place and name move on.</summary>
public sealed class ParseContext
{
    private readonly IDiagnostics _sink;
    private readonly StrictSpecifiers _specifiers;

    /// <param name="unit">The unit being loaded; for [Manager] none.</param>
    /// <param name="specifiers">What %n and the others stand for.</param>
    /// <param name="sink">Takes the complaints.</param>
    public ParseContext(UnitName unit, ISpecifierSource specifiers, IDiagnostics sink)
    {
        Unit = unit;
        _specifiers = new StrictSpecifiers(specifiers);
        _sink = sink;
        Origin = Origin.Bus;
    }

    public UnitName Unit { get; }

    /// <summary>The file as it was opened; empty on the bus.</summary>
    public ByteText File { get; set; }

    /// <summary>What settings from here on are marked with; its line is named in complaints.</summary>
    public Origin Origin { get; set; }

    /// <summary>The user manager: some defaults and paths differ.</summary>
    public bool IsUser { get; set; }

    /// <summary>The directive being parsed, as written.</summary>
    public string Name { get; set; } = "";

    /// <summary>A bad value of this directive makes the whole unit unloadable (man 5 systemd.exec: User=, RootDirectory=, ExecStart= …); set by its kind.</summary>
    public bool IsFatal { get; private set; }

    /// <summary>Why the last value was refused: the error text for a bus client.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The D-Bus property being set.</summary>
    public string Property { get; init; } = "";

    /// <summary>What a bus client is answered whose value was refused, where its kind has words of its own for that.</summary>
    public string? Answer { get; private set; }

    /// <summary>Sets <see cref="Answer"/>, unless something was wrong before.</summary>
    /// <returns>False: what was sent is refused.</returns>
    public bool Refuse(string answer)
    {
        Answer ??= answer;
        return false;
    }

    /// <summary>The same, where systemd says no more than that.</summary>
    public bool Refuse() => Refuse("Failed to set unit properties: Invalid argument");

    public void Report(Severity severity, string text)
    {
        Refusal = text;
        _sink.Report(severity, File, Origin.IsFile ? Origin.Line : 0, text);
    }

    /// <summary>The usual complaint: what could not be parsed, then the value.</summary>
    /// <param name="text">systemd's words up to the value; {0} stands for the directive's name.</param>
    /// <param name="value">As written.</param>
    /// <param name="after">What follows the value.</param>
    public void Warn(string text, scoped ReadOnlySpan<byte> value, string after = "")
        => Report(Severity.Warning, text.Replace("{0}", Name, StringComparison.Ordinal) + Encoding.UTF8.GetString(value) + after);

    /// <summary>The same as an error, which it is in systemd's words, though the line is only skipped.</summary>
    public void Error(string text, scoped ReadOnlySpan<byte> value, string after = "")
        => Report(Severity.Error, text.Replace("{0}", Name, StringComparison.Ordinal) + Encoding.UTF8.GetString(value) + after);

    /// <summary>A complaint after which the unit must not be started.</summary>
    public void Fail(string text, scoped ReadOnlySpan<byte> value, string after = "")
    {
        Report(Severity.Error, text.Replace("{0}", Name, StringComparison.Ordinal) + Encoding.UTF8.GetString(value) + after);
        IsFatal = true;
    }

    /// <summary>A template that the unit refers to becomes one for it: of its own instance, or else of its name without the suffix. man 5 systemd.unit.</summary>
    public UnitName Resolve(UnitName other)
        => other.IsTemplate && Unit.IsValid ? other.WithInstance(Unit.IsInstance ? Unit.Instance : Unit.Prefix) : other;

    /// <summary>What %n and the others stand for; a letter that nobody knows is a failure.</summary>
    public ISpecifierSource Specifiers => _specifiers;

    /// <summary>Whether the last expansion that failed met a letter that nobody knows.</summary>
    internal bool HadUnknownSpecifier => _specifiers.HadUnknown;

    /// <summary>Expands %-specifiers; a text without any is appended as it is.</summary>
    /// <returns>False when one has no value here: reported.</returns>
    public bool Expand(scoped ReadOnlySpan<byte> text, ref ByteBuilder output, bool fatal = false) => Expand(text, ref output, "", fatal);

    /// <summary>The same; <paramref name="what"/> says in the complaint what the text is, and ends with a blank.</summary>
    public bool Expand(scoped ReadOnlySpan<byte> text, ref ByteBuilder output, string what, bool fatal)
    {
        if (TryExpand(text, ref output, out string why))
            return true;
        if (fatal)
            Fail($"Failed to resolve unit specifiers in {what}'", text, "': " + why);
        else
            Warn($"Failed to resolve unit specifiers in {what}'", text, "', ignoring: " + why);
        return false;
    }

    /// <summary>The same; the complaint has no quotes round the value, as some directives of systemd.</summary>
    public bool ExpandBare(scoped ReadOnlySpan<byte> text, ref ByteBuilder output, string of = "unit specifiers")
    {
        if (TryExpand(text, ref output, out string why))
            return true;
        Warn($"Failed to resolve {of} in ", text, ", ignoring: " + why);
        return false;
    }

    /// <summary>The same; the complaint does not say that the value is ignored, as it is.</summary>
    public bool ExpandPlain(scoped ReadOnlySpan<byte> text, ref ByteBuilder output)
    {
        if (TryExpand(text, ref output, out string why))
            return true;
        Error("Failed to resolve unit specifiers in ", text, ": " + why);
        return false;
    }

    private bool TryExpand(scoped ReadOnlySpan<byte> text, ref ByteBuilder output, out string why)
    {
        why = "";
        if (!UnitFiles.Specifiers.IsNeeded(text))
        {
            output.Append(text);
            return true;
        }
        _specifiers.HadUnknown = false;
        SpecifierResult result = UnitFiles.Specifiers.Expand(text, _specifiers, ref output);
        why = result == SpecifierResult.TooLong ? "Argument list too long" : _specifiers.HadUnknown ? "Invalid slot" : "Invalid argument";
        return result == SpecifierResult.Done;
    }
}
