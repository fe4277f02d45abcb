using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>The directories that a unit has made for itself: what `systemctl clean` can remove. systemd.exec(5), RuntimeDirectory=.</summary>
internal static class UnitDirectories
{
    public static readonly (string Word, Directive<ExecDirectory[]> Row, string Base)[] Kinds =
    [
        ("runtime", ExecDirectives.RuntimeDirectory, "/run"),
        ("state", ExecDirectives.StateDirectory, "/var/lib"),
        ("cache", ExecDirectives.CacheDirectory, "/var/cache"),
        ("logs", ExecDirectives.LogsDirectory, "/var/log"),
        ("configuration", ExecDirectives.ConfigurationDirectory, "/etc"),
    ];

    public static void WriteKinds(Unit unit, MessageWriter w)
    {
        ArrayMark array = w.BeginArray(4);
        foreach ((string word, Directive<ExecDirectory[]> row, _) in Kinds)
        {
            if ((unit.Type.Has(UnitCaps.HasExec) && unit.Get(row).Length > 0) || (word == "state" && unit.StateFiles.Count > 0)) { w.WriteString(word); }
        }
        w.EndArray(array);
    }
}
