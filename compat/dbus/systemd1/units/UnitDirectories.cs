using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>The directories that a unit has made for itself: what `systemctl clean` can remove. systemd.exec(5), RuntimeDirectory=.</summary>
internal static class UnitDirectories
{
    /// <summary>In the order of <see cref="ExecContext.DirectoryBases"/>.</summary>
    public static readonly (string Word, Directive<ExecDirectory[]> Row)[] Kinds =
    [
        ("runtime", ExecDirectives.RuntimeDirectory),
        ("state", ExecDirectives.StateDirectory),
        ("cache", ExecDirectives.CacheDirectory),
        ("logs", ExecDirectives.LogsDirectory),
        ("configuration", ExecDirectives.ConfigurationDirectory),
    ];

    public static void WriteKinds(Unit unit, MessageWriter w)
    {
        ArrayMark array = w.BeginArray(4);
        foreach ((string word, Directive<ExecDirectory[]> row) in Kinds)
        {
            if ((unit.Type.Has(UnitCaps.HasExec) && unit.Get(row).Length > 0) || (word == "state" && unit.StateFiles.Count > 0)) { w.WriteString(word); }
        }
        w.EndArray(array);
    }
}
