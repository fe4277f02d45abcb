using SysMaster.Core;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>The environment block that all services get: systemctl set-environment, unset-environment, import-environment.</summary>
internal static class EnvironmentMethods
{
    public static void Set(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        Apply(f.Manager, call, [], reader.ReadTexts());
    }

    public static void Unset(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        Apply(f.Manager, call, reader.ReadTexts(), []);
    }

    public static void UnsetAndSet(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        string[] names = reader.ReadTexts();
        Apply(f.Manager, call, names, reader.ReadTexts());
    }

    private static void Apply(Manager manager, MethodCall call, string[] unset, string[] set)
    {
        foreach (string name in unset)
        {
            if (!IsName(NameOf(name)))
            {
                call.Error(BusErrors.InvalidArgs, "Invalid environment variable names or assignments");
                return;
            }
        }
        foreach (string assignment in set)
        {
            if (!assignment.Contains('=', StringComparison.Ordinal) || !IsName(NameOf(assignment)))
            {
                call.Error(BusErrors.InvalidArgs, "Invalid environment assignments");
                return;
            }
        }
        // "NAME=value" among those to unset means: only if it has that value.
        foreach (string name in unset) { manager.ClientEnvironment.RemoveAll(v => v.ToString() is var text && (text == name || NameOf(text).SequenceEqual(name))); }
        foreach (string assignment in set)
        {
            manager.ClientEnvironment.RemoveAll(v => NameOf(v.ToString()).SequenceEqual(NameOf(assignment)));
            manager.ClientEnvironment.Add(new ByteText(assignment));
        }
        manager.ClientEnvironment.Sort(static (a, b) => a.Span.SequenceCompareTo(b.Span));
        manager.OnEnvironmentChanged();
    }

    private static ReadOnlySpan<char> NameOf(string assignment)
    {
        int at = assignment.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? assignment : assignment.AsSpan(0, at);
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || char.IsAsciiDigit(name[0])) { return false; }
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_') { return false; }
        }
        return true;
    }
}
