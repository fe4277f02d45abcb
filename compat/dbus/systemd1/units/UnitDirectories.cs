using SysMaster.Core;
using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>What `systemctl clean` can remove, in the words of the bus. systemd.exec(5), RuntimeDirectory=.</summary>
internal static class UnitDirectories
{
    private static readonly (string Word, CleanKinds Kind)[] s_words =
    [
        ("runtime", CleanKinds.Runtime), ("state", CleanKinds.State), ("cache", CleanKinds.Cache), ("logs", CleanKinds.Logs), ("configuration", CleanKinds.Configuration),
        ("fdstore", CleanKinds.FdStore),
    ];

    /// <returns>None for a word that is none.</returns>
    public static CleanKinds KindOf(string word)
    {
        foreach ((string known, CleanKinds kind) in s_words)
        {
            if (known == word) { return kind; }
        }
        return CleanKinds.None;
    }

    public static void WriteKinds(Unit unit, MessageWriter w)
    {
        ArrayMark array = w.BeginArray(4);
        CleanKinds can = unit.IsLoaded ? unit.CanClean : default;
        foreach ((string word, CleanKinds kind) in s_words)
        {
            if ((can & kind) != 0) { w.WriteString(word); }
        }
        w.EndArray(array);
    }
}
