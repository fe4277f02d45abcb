using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.UnitFiles.Install;

namespace SysMaster.Program;

/// <summary>On a first boot every unit is enabled or disabled as the presets say. systemd.preset(5).</summary>
internal static class FirstBootPresets
{
    public static void Apply(Manager manager)
    {
        var installer = new UnitFileInstaller(manager.Paths);
        InstallResult result = installer.PresetAll(PresetMode.EnableOnly, InstallFlags.None);
        InstallReports.Tell(installer);
        Log.Info($"Populated /etc with preset unit settings ({result.Changes.Count} changes).");
        manager.OpenFiles(manager.Paths);
    }
}
