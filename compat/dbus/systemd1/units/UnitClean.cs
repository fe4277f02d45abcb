using SysMaster.Core;
using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>CleanUnit: removes the directories that a unit has made for itself. systemctl(1), clean.</summary>
internal static class UnitClean
{
    /// <param name="reader">Stands before (mask as): words of <see cref="UnitDirectories"/>, "all", or nothing for runtime and cache.</param>
    public static void Run(Unit unit, MethodCall call, MessageReader reader)
    {
        string[] mask = reader.ReadTexts();
        CleanKinds wanted = CleanKinds.None;
        foreach (string word in mask)
        {
            CleanKinds kind = word == "all" ? CleanKinds.All : UnitDirectories.KindOf(word);
            if (kind == CleanKinds.None)
            {
                call.Error(BusErrors.InvalidArgs, $"Invalid resource type: {word}");
                return;
            }
            wanted |= kind;
        }
        Errno error = unit.Clean(wanted == CleanKinds.None ? CleanKinds.Default : wanted);
        if (error == Errno.EOPNOTSUPP) { call.Error(BusErrors.NotSupported, $"Unit '{unit.Id}' does not support cleaning."); }
        else if (error == Errno.EUNATCH) { call.Error(BusError.NothingToClean, "No matching resources found."); }
        else if (error == Errno.EBUSY) { call.Error(BusError.UnitBusy, "Unit is not inactive or has pending job."); }
        else if (error.Failed) { call.Error(BusErrors.Failed, $"Failed to clean unit: {error.ToString()}"); }
    }
}
