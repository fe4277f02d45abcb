using System.Text;
using System.Text.Json;

namespace SysMaster.Sctl.BootChart;

/// <summary>The records of past boots: one file each, the oldest removed. And the unit that keeps one of each boot, where the administrator wants it.</summary>
internal static class BootStore
{
    private const string Folder = "/var/lib/sysmaster/boots";
    private const string UnitFile = "/etc/systemd/system/sysmaster-boot-chart.service";
    private const string UnitLink = "/etc/systemd/system/multi-user.target.wants/sysmaster-boot-chart.service";
    private const int Most = 20;

    // Without default dependencies: the target would wait for it, and it for the target.
    private const string UnitText = """
        [Unit]
        Description=Keep the times of this boot
        Documentation=man:sctl(1)
        DefaultDependencies=no
        After=multi-user.target
        Conflicts=shutdown.target
        Before=shutdown.target

        [Service]
        ExecStart=/usr/bin/sctl boot-chart --save
        Nice=10

        """;

    public static string CurrentId => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim().Replace("-", "", StringComparison.Ordinal);

    /// <summary>The newest first.</summary>
    public static IReadOnlyList<BootRecord> All()
    {
        var records = new List<BootRecord>();
        if (!Directory.Exists(Folder)) { return records; }
        foreach (string file in Directory.GetFiles(Folder, "*.json"))
        {
            try { records.Add(BootRecord.Read(File.ReadAllBytes(file))); }
            catch (JsonException e) { Console.Error.WriteLine($"{file}: {e.Message}; ignored."); }
        }
        records.Sort(static (a, b) => b.When.CompareTo(a.When));
        return records;
    }

    public static void Save(BootRecord record)
    {
        Directory.CreateDirectory(Folder);
        string file = $"{Folder}/{record.BootId}.json";
        using (FileStream output = new(file + ".new", FileMode.Create, FileAccess.Write))
        {
            using var writer = new Utf8JsonWriter(output);
            record.Write(writer);
        }
        File.Move(file + ".new", file, overwrite: true);
        foreach (BootRecord old in All().Skip(Most)) { File.Delete($"{Folder}/{old.BootId}.json"); }
    }

    /// <summary>From the next boot on.</summary>
    public static void KeepEach(bool on)
    {
        File.Delete(UnitLink);
        if (!on)
        {
            File.Delete(UnitFile);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(UnitLink)!);
        File.WriteAllText(UnitFile, UnitText, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.CreateSymbolicLink(UnitLink, UnitFile);
    }
}
