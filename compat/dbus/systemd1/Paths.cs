using System.Globalization;
using System.Runtime.CompilerServices;
using SysMaster.Core;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>Object paths and interface names.</summary>
internal static class Paths
{
    public const string Name = "org.freedesktop.systemd1";
    public const string Manager = "/org/freedesktop/systemd1";
    public const string UnitPrefix = "/org/freedesktop/systemd1/unit";
    public const string JobPrefix = "/org/freedesktop/systemd1/job";
    public const string LogControl = "/org/freedesktop/LogControl1";

    public const string ManagerInterface = "org.freedesktop.systemd1.Manager";
    public const string UnitInterface = "org.freedesktop.systemd1.Unit";
    public const string JobInterface = "org.freedesktop.systemd1.Job";

    public static string Of(Unit unit) => BusPath.OfUnit(unit.Id);

    /// <summary>Writes the unit's path without making a string of it.</summary>
    [SkipLocalsInit]
    public static void Write(MessageWriter w, Unit unit)
    {
        Span<byte> path = stackalloc byte[BusPath.UnitMax];
        w.WriteObjectPath(path[..BusPath.OfUnit(unit.Id, path)]);
    }

    public static string Of(Job? job) => job is null ? "/" : JobPrefix + "/" + job.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>"org.freedesktop.systemd1.Service".</summary>
    public static string InterfaceOf(UnitKind kind)
    {
        string word = kind.Word();
        return $"{Name}.{char.ToUpperInvariant(word[0])}{word[1..]}";
    }
}
