using System.Text;

namespace SysMaster.UnitFiles.Tests;

/// <summary>The captured vectors under data/: what systemd 252 made of each input.</summary>
internal static class Vectors
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "data", name);

    public static byte[] Bytes(string name) => System.IO.File.ReadAllBytes(Path(name));

    /// <summary>Rows of a table, cut at tabs; comments and the header left out.</summary>
    public static IEnumerable<string[]> Rows(string name)
    {
        bool header = true;
        foreach (string line in System.IO.File.ReadAllText(Path(name)).Split('\n'))
        {
            if (line.Length == 0 || line.StartsWith('#')) { continue; }
            if (!header) { yield return line.Split('\t'); }
            header = false;
        }
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
