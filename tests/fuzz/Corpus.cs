using System.Text;

namespace SysMaster.Fuzz.Tests;

/// <summary>Sound inputs. Real unit files are the machine's own, and those of root file systems that the rigs have made.</summary>
internal static class Corpus
{
    private const int MostUnits = 600;

    public static string Root { get; } = FindRoot();

    public static List<byte[]> Units()
    {
        var folders = new List<string> { "/usr/lib/systemd/system", "/usr/lib/systemd/user", "/lib/systemd/system" };
        string cache = Environment.GetEnvironmentVariable("SYSMASTER_CACHE") ?? Path.Combine(Root, "out", "cache");
        if (Directory.Exists(cache)) { folders.AddRange(Directory.EnumerateDirectories(cache, "rootfs-*").Select(root => Path.Combine(root, "usr/lib/systemd/system"))); }
        List<byte[]> units = [.. folders.Where(Directory.Exists).SelectMany(f => new DirectoryInfo(f).EnumerateFiles("*.*"))
            .Where(f => f.LinkTarget is null && f.Length < 16 * 1024).Take(MostUnits).Select(f => File.ReadAllBytes(f.FullName))];
        units.AddRange(Texts(
            "[Unit]\nDescription=x \\\n  y\n# c\nAfter=a.service b@%i.service\n[Service]\nType=notify\nExecStart=-/bin/sh -c 'echo \"$A\" %% ; true' ; @/bin/x y\nEnvironment=A=1 \"B=2 3\"\nLimitNOFILE=1:2\n",
            "[Socket]\nListenStream=[::1]:80\nListenNetlink=route 7\n[Install]\nWantedBy=a.target\n", "[Timer]\nOnCalendar=Mon..Fri *-*-1/2 03:00,15:*/10\nOnBootSec=5min 3s\n[X-Own]\nA=b\n"));
        return units;
    }

    public static List<byte[]> Texts(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    public static List<byte[]> Words(string text) => [.. text.Split(' ').Select(w => Encoding.Latin1.GetBytes(w.Replace("\\n", "\n", StringComparison.Ordinal)
        .Replace("\\s", " ", StringComparison.Ordinal).Replace("\\0", "\0", StringComparison.Ordinal).Replace("\\x", "\xff", StringComparison.Ordinal)))];

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SysMaster.sln"))) { return folder.FullName; }
        }
        throw new InvalidOperationException("not built inside a checkout");
    }
}
