using System.Text;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>What reboot(2) is told besides that it should: kept for whoever makes the call.</summary>
internal static class RebootParameter
{
    private const string File = "/run/systemd/reboot-param";

    public static int Write(string argument)
    {
        if (argument.Length == 0)
        {
            _ = Sys.Unlink(new ByteText(File));
            return 0;
        }
        Errno error = Sys.WriteFile(new ByteText(File), Encoding.UTF8.GetBytes(argument + "\n"), LibC.O_WRONLY | LibC.O_CREAT | LibC.O_TRUNC);
        return error.Failed ? Log.Error("Failed to write reboot parameter file", error) : 0;
    }

    public static string Read()
    {
        Result<byte[]> text = Sys.ReadFile(new ByteText(File), 4096);
        return text.Failed ? "" : Encoding.UTF8.GetString(text.Value).TrimEnd('\n');
    }
}
