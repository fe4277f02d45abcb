using System.Text;
using SysMaster.UnitFiles;

namespace SysMaster.Systemctl;

/// <summary>What people type for units, made names: man 1 systemctl, "Parameter syntax".</summary>
internal static class UnitNames
{
    /// <param name="text">As typed.</param>
    /// <param name="quiet">Not a word when it had to be escaped.</param>
    /// <param name="kind">For names without a suffix.</param>
    /// <param name="globs">Patterns stay patterns.</param>
    /// <param name="operation">Who cannot take patterns, where <paramref name="globs"/> is false: "to enable".</param>
    /// <returns>Null after saying why.</returns>
    public static string? Mangle(string text, bool quiet, UnitKind kind = UnitKind.Service, bool globs = false, string operation = "")
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var output = new ByteBuilder(stackalloc byte[256]);
        string name;
        try
        {
            if (!UnitName.TryMangle(bytes, kind, globs, ref output))
            {
                _ = Log.Error(globs ? "Failed to mangle name: Invalid argument" : $"Failed to mangle unit name or path '{text}': Invalid argument");
                return null;
            }
            name = output.ToString();
        }
        finally { output.Dispose(); }
        if (name != text && name != text + kind.Suffix() && !IsPath(text))
        {
            // As it is before a suffix is added.
            bool hadSuffix = text.EndsWith(kind.Suffix(), StringComparison.Ordinal) || !name.EndsWith(kind.Suffix(), StringComparison.Ordinal);
            string shown = hadSuffix ? name : name[..^kind.Suffix().Length];
            bool isGlob = UnitName.IsGlob(bytes);
            string line = isGlob && !globs
                ? $"Glob pattern passed{(operation.Length > 0 ? " " : "")}{operation}, but globs are not supported for this."
                : "";
            string hint = isGlob && !globs ? "" : " (maybe you should use systemd-escape?)";
            if (line.Length > 0) { Say(line, quiet); }
            Say($"Invalid unit name \"{text}\" escaped as \"{shown}\"{hint}.", quiet);
        }
        return name;
    }

    /// <summary>A unit file by its name, or by its path, which stays one and is made absolute.</summary>
    /// <returns>Null after saying why.</returns>
    public static string? FileName(Settings settings, string text, string operation)
    {
        if (text.Contains('/', StringComparison.Ordinal)) { return settings.Root.Length > 0 ? text : Path.Combine(Environment.CurrentDirectory, text); }
        if (Mangle(text, settings.Quiet, operation: operation) is not { } name) { return null; }
        if (UnitName.TryParse(name, out _)) { return name; }
        _ = Log.Error($"Failed to mangle unit name or path '{text}': Invalid argument");
        return null;
    }

    public static bool IsGlob(string text) => text.AsSpan().IndexOfAny('*', '?', '[') >= 0;

    /// <summary>What was typed, as names; patterns are looked up among the units in memory.</summary>
    /// <returns>Null after saying why.</returns>
    public static List<string>? Expand(Session session, Caller caller, IEnumerable<string> typed, UnitKind kind = UnitKind.Service)
        => Expand(session, caller, typed, kind, out _);

    /// <param name="hadGlobs">There was a pattern.</param>
    public static List<string>? Expand(Session session, Caller caller, IEnumerable<string> typed, UnitKind kind, out bool hadGlobs)
    {
        List<string> names = [], globs = [];
        hadGlobs = false;
        foreach (string text in typed)
        {
            if (Mangle(text, session.Settings.Quiet, kind, globs: true) is not { } name)
            {
                _ = Log.Error("Failed to expand names: Invalid argument");
                return null;
            }
            (IsGlob(name) ? globs : names).Add(name);
        }
        if (globs.Count == 0) { return names; }
        hadGlobs = true;
        if (UnitList.Get(session, caller, globs) is not { } units) { return null; }
        names.AddRange(units.Select(u => u.Id));
        return names;
    }

    private static void Say(string text, bool quiet)
    {
        if (quiet) { Log.Debug(text); }
        else { Log.Notice(text); }
    }

    private static bool IsPath(string text) => text.StartsWith('/');
}
