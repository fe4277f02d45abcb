using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles.Install;

namespace SysMaster.Systemctl;

/// <summary>preset-all: every unit file as the presets have it.</summary>
internal static class PresetAll
{
    public static string ModeWord(PresetMode mode)
        => mode switch { PresetMode.EnableOnly => "enable-only", PresetMode.DisableOnly => "disable-only", _ => "full" };

    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        if (LocalFiles.IsLocal(settings))
        {
            if (LocalFiles.Open(settings, out Errno error) is not { } files) { return LocalFiles.Refuse(settings, error, "Failed to preset"); }
            InstallFlags flags = (settings.Runtime ? InstallFlags.Runtime : 0) | (settings.Force > 0 ? InstallFlags.Force : 0);
            return InstallReport.Print(files, files.PresetAll(settings.PresetMode, flags), settings, "preset");
        }
        if (session.Manager() is not { } caller) { return 1; }
        Agents.Open(settings);
        BusReply reply = caller.Manager("PresetAllUnitFiles", "sbb", w =>
        {
            w.WriteString(ModeWord(settings.PresetMode));
            w.WriteBoolean(settings.Runtime);
            w.WriteBoolean(settings.Force > 0);
        }).Expect("a(sss)");
        if (reply.Failed) { return Log.Error($"Failed to preset all units: {reply.Error}"); }
        MessageReader reader = reply.Reader;
        InstallReport.Print(ref reader, settings, "preset");
        return settings.NoReload ? 0 : DaemonReload.Reload(caller);
    }
}
