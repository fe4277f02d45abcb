using System.Text;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>A type 1 entry of the Boot Loader Specification, as far as kexec needs it.</summary>
internal sealed class BootEntry
{
    private static readonly string[] s_roots = ["/efi", "/boot/efi", "/boot"];

    public string Root { get; private init; } = "";

    public string Kernel { get; private set; } = "";

    public string Options { get; private set; } = "";

    public List<string> Initrds { get; } = [];

    /// <summary>The one that loader.conf names, else the only one.</summary>
    public static BootEntry? Default()
    {
        foreach (string root in s_roots)
        {
            Result<DirectoryReader> opened = Sys.OpenDirectory(new ByteText($"{root}/loader/entries"));
            if (opened.Failed) { continue; }
            using DirectoryReader directory = opened.Value;
            var names = new List<string>();
            while (directory.MoveNext())
            {
                string name = Encoding.UTF8.GetString(directory.Current.Name);
                if (name.EndsWith(".conf", StringComparison.Ordinal)) { names.Add(name[..^5]); }
            }
            string wanted = Lines($"{root}/loader/loader.conf").FirstOrDefault(l => l.Key == "default").Value ?? "*";
            string[] matching = [.. names.Where(n => UnitFiles.Install.Glob.Matches(wanted, n) || UnitFiles.Install.Glob.Matches(wanted, n + ".conf"))];
            string? chosen = matching.Length == 1 || wanted != "*" ? matching.Order(StringComparer.Ordinal).LastOrDefault() : null;
            if (chosen is not null) { return Read(root, $"{root}/loader/entries/{chosen}.conf"); }
        }
        return null;
    }

    private static BootEntry Read(string root, string file)
    {
        var entry = new BootEntry { Root = root };
        foreach ((string key, string value) in Lines(file))
        {
            switch (key)
            {
                case "linux": entry.Kernel = value; break;
                case "initrd": entry.Initrds.Add(value); break;
                case "options": entry.Options = entry.Options.Length > 0 ? $"{entry.Options} {value}" : value; break;
            }
        }
        return entry;
    }

    private static IEnumerable<(string Key, string Value)> Lines(string file)
    {
        Result<byte[]> text = Sys.ReadFile(new ByteText(file));
        if (text.Failed) { yield break; }
        foreach (string line in Encoding.UTF8.GetString(text.Value).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int space = line.AsSpan().IndexOfAny(' ', '\t');
            if (line[0] != '#' && space > 0) { yield return (line[..space], line[space..].Trim()); }
        }
    }
}
