using System.Diagnostics;
using System.Globalization;
using SysMaster.DBus.Client;
using SysMaster.DBus.Wire;

namespace SysMaster.Sctl.Why;

/// <summary>What a stop that does not end waits for: the processes that are left, where each is in the kernel, and the last that the unit said.</summary>
internal static class Lingering
{
    private const int JournalMsec = 5000;

    public static IReadOnlyList<Cause> Of(ManagerBus bus, string unit)
    {
        var causes = new List<Cause>();
        _ = bus.Call(Caller.ManagerPath, Caller.ManagerInterface, "GetUnitProcesses", "s", w => w.WriteString(unit), "a(sus)", reader =>
        {
            ArrayToken array = reader.BeginArray(8);
            while (reader.HasNext(array))
            {
                reader.BeginStruct();
                _ = reader.ReadText();
                uint pid = reader.ReadUInt32();
                causes.Add(new Cause(unit, string.Create(CultureInfo.InvariantCulture, $"process {pid} ({reader.ReadText()}) is left{Place(pid)}"), null));
            }
        });
        if (LastLine(unit) is { Length: > 0 } line) { causes.Add(new Cause(unit, $"its last line in the journal: {line}", null)); }
        return causes;
    }

    // "0" while it runs, or where the kernel does not tell. proc(5).
    private static string Place(uint pid)
    {
        try
        {
            string wchan = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/wchan"));
            return wchan is "" or "0" ? "" : $", in {wchan}";
        }
        catch (IOException) { return ""; }
        catch (UnauthorizedAccessException) { return ""; }
    }

    private static string LastLine(string unit)
    {
        try
        {
            using Process? journal = Process.Start(new ProcessStartInfo("journalctl", ["-b", "-u", unit, "-n", "1", "-o", "cat", "--no-pager", "-q"]) { RedirectStandardOutput = true, RedirectStandardError = true });
            string text = journal?.StandardOutput.ReadToEnd() ?? "";
            journal?.WaitForExit(JournalMsec);
            return text.Trim();
        }
        catch (System.ComponentModel.Win32Exception) { return ""; }   // no journalctl here
    }
}
