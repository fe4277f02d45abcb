using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>Whom User= and Group= came to: names are resolved in the executor, so only a running process shows it.</summary>
internal static class ProcessOwner
{
    public const uint None = uint.MaxValue;

    public static uint Uid(Unit unit, Directive<ByteText> row) => Stat(unit, row) is { } stat ? stat.Uid : None;

    public static uint Gid(Unit unit, Directive<ByteText> row) => Stat(unit, row) is { } stat ? stat.Gid : None;

    private static FileStat? Stat(Unit unit, Directive<ByteText> row)
    {
        int pid = unit.MainProcess > 0 ? unit.MainProcess : unit.ControlProcess;
        if (pid <= 0 || !(unit.Settings.IsSet(row) || unit.Settings.IsSet(ExecDirectives.User) || unit.Get(ExecDirectives.DynamicUser))) { return null; }
        Result<FileStat> stat = Sys.Stat(new ByteText($"/proc/{pid}"));
        return stat.Failed ? null : stat.Value;
    }
}
