using System.Text;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>--force twice: no manager, no services, nothing unmounted; only what is in memory is written.</summary>
internal static unsafe class RebootNow
{
    private const uint Restart2 = 0xa1b2c3d4;

    public static int Run(PowerAction action, Settings settings)
    {
        if (settings.DryRun) { return 0; }
        if (!settings.NoSync) { LibC.sync(); }
        Log.Info(action.Verb switch { "halt" => "Halting.", "poweroff" => "Powering off.", "kexec" => "Rebooting with kexec.", _ => "Rebooting." });
        string parameter = action == PowerAction.Restart ? settings.RebootArgument ?? RebootParameter.Read() : "";
        Errno error;
        if (parameter.Length > 0)
        {
            fixed (byte* text = new ByteText(parameter).CString) { error = LibC.Reboot(Restart2, text); }
            if (error.Failed) { Log.Warning($"Failed to reboot with parameter, retrying without: {error}"); }
        }
        error = LibC.Reboot(action.Reboot);
        return Log.Error("Failed to reboot", error);
    }
}
