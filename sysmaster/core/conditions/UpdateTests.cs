using SysMaster.Core.Boot;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Conditions;

/// <summary>ConditionNeedsUpdate= and ConditionFirstBoot=.</summary>
internal static class UpdateTests
{
    public static Result<bool> FirstBoot(ByteText parameter, SystemFacts facts)
    {
        if (BootWords.BooleanOrNull(parameter.ToString()) is not { } wanted) { return Errno.EINVAL; }
        bool first = facts.CommandLine.FlagOrNull("systemd.condition_first_boot") ?? SmallFile.Exists("/run/systemd/first-boot");
        return first == wanted;
    }

    /// <summary>/usr was changed after the stamp .updated in the directory; systemd-update-done writes the stamp.</summary>
    public static Result<bool> NeedsUpdate(ByteText parameter, SystemFacts facts)
    {
        if (facts.CommandLine.FlagOrNull("systemd.condition_needs_update") is { } forced) { return forced; }
        if (facts.InInitrd) { return false; }
        if (!parameter.StartsWith("/"u8)) { return true; }
        if (Sys.IsReadOnlyFileSystem(parameter) is { Failed: false, Value: true }) { return false; }
        string stamp = parameter.ToString().TrimEnd('/') + "/.updated";
        Result<FileStat> usr = Sys.Stat("/usr/"u8, followLinks: false);
        Result<FileStat> other = Sys.Stat(new ByteText(stamp), followLinks: false);
        return usr.Failed || other.Failed || IsNewer(usr.Value.MtimeNsec, other.Value.MtimeNsec, stamp);
    }

    /// <summary>Seconds first. A stamp whose file system keeps no nanoseconds holds the exact time inside.</summary>
    private static bool IsNewer(long usr, long stamped, string stamp)
    {
        const long second = 1_000_000_000;
        if (usr / second != stamped / second) { return usr > stamped; }
        if (usr % second == 0 || stamped % second > 0) { return usr > stamped; }
        return usr > (TimestampInside(stamp) ?? stamped);
    }

    private static long? TimestampInside(string stamp)
    {
        Result<byte[]> file = Sys.ReadFile(new ByteText(stamp), 64 * 1024);
        if (file.Failed) { return null; }
        using var reader = new EnvironmentFileReader(file.Value);
        while (reader.MoveNext())
        {
            if (reader.Key.SequenceEqual("TIMESTAMP_NSEC"u8) && long.TryParse(reader.Value, out long nsec)) { return nsec; }
        }
        return null;
    }
}
