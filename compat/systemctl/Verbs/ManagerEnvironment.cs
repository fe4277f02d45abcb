using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>show-environment, set-environment, unset-environment, import-environment: what the manager hands to what it starts.</summary>
internal static class ManagerEnvironment
{
    public static int Show(Session session, string[] words)
    {
        if (session.Manager() is not { } caller) { return 1; }
        object? value = caller.GetValue(Caller.ManagerPath, Caller.ManagerInterface, "Environment", out BusError? error);
        if (error is not null) { return Log.Error($"Failed to get environment: {error}"); }
        string[] assignments = [.. ((object[])value!).Cast<string>()];
        Settings settings = session.Settings;
        if (settings.IsJson)
        {
            (string, object?)[] members = [.. assignments.Select(a => a.Split('=', 2)).Select(p => (p[0], (object?)p[1]))];
            Stdio.Write(Json.FormatObject(members, settings.Output));
            return 0;
        }
        foreach (string assignment in assignments)
        {
            string[] parts = assignment.Split('=', 2);
            Stdio.Line($"{parts[0]}={ShellWord.QuoteValue(parts[1])}");
        }
        return 0;
    }

    public static int Set(Session session, string[] words)
    {
        if (session.Manager() is not { } caller) { return 1; }
        Agents.Open(session.Settings);
        BusReply reply = caller.Manager(words[0] == "set-environment" ? "SetEnvironment" : "UnsetEnvironment", "as", w => w.WriteStrings(words.AsSpan(1)));
        return reply.Failed ? Log.Error($"Failed to set environment: {reply.Error}") : 0;
    }

    public static int Import(Session session, string[] words)
    {
        if (session.Manager() is not { } caller) { return 1; }
        Agents.Open(session.Settings);
        List<string>? assignments = words.Length == 1 ? All() : Some(words[1..]);
        if (assignments is null) { return 1; }
        BusReply reply = caller.Manager("SetEnvironment", "as", w => w.WriteStrings(assignments.ToArray()));
        return reply.Failed ? Log.Error($"Failed to import environment: {reply.Error}") : 0;
    }

    private static List<string> All()
    {
        Log.Warning("Calling import-environment without a list of variable names is deprecated.");
        var all = new List<string>();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            string assignment = $"{variable.Key}={variable.Value}";
            if (IsName((string)variable.Key)) { all.Add(assignment); }
            else { Log.Warning($"Ignoring invalid environment assignment \"{assignment}\"."); }
        }
        return all;
    }

    private static List<string>? Some(string[] names)
    {
        var some = new List<string>();
        foreach (string name in names)
        {
            if (!IsName(name))
            {
                _ = Log.Error($"Not a valid environment variable name: {name}");
                return null;
            }
            if (Environment.GetEnvironmentVariable(name) is not { } value)
            {
                Log.Notice($"Environment variable ${name} not set, ignoring.");
                continue;
            }
            if (value.Any(char.IsControl)) { Log.Notice($"Environment variable ${name} contains control characters, importing anyway."); }
            some.Add($"{name}={value}");
        }
        return some;
    }

    private static bool IsName(string name) => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
