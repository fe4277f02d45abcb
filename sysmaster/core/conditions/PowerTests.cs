using System.Text;
using SysMaster.Core.Boot;
using SysMaster.Linux;

namespace SysMaster.Core.Conditions;

/// <summary>ConditionACPower=: on mains when a supply that is no battery is online, or when no battery discharges.</summary>
internal static class PowerTests
{
    public static Result<bool> AcPower(ByteText parameter, SystemFacts facts)
        => BootWords.BooleanOrNull(parameter.ToString()) is { } wanted ? wanted == OnAcPower("/sys/class/power_supply") : Errno.EINVAL;

    internal static bool OnAcPower(string supplies)
    {
        Result<DirectoryReader> open = Sys.OpenDirectory(new ByteText(supplies));
        if (open.Failed) { return true; }
        using DirectoryReader reader = open.Value;
        bool offline = false;
        bool battery = false;
        foreach (DirectoryEntry entry in reader)
        {
            string supply = $"{supplies}/{Encoding.UTF8.GetString(entry.Name)}";
            string type = SmallFile.FirstLineOrNull(supply + "/type") ?? "";
            if (SmallFile.FirstLineOrNull(supply + "/scope") == "Device") { continue; }   // a mouse, not the machine
            if (type == "Battery")
            {
                battery |= SmallFile.FirstLineOrNull(supply + "/present") != "0"
                    && (SmallFile.FirstLineOrNull(supply + "/status") ?? "Discharging") == "Discharging";
                continue;
            }
            if (type is not ("Mains" or "USB")) { continue; }
            if (SmallFile.FirstLineOrNull(supply + "/online") is not "0" and not null) { return true; }
            offline = true;
        }
        return !(offline || battery);
    }
}
