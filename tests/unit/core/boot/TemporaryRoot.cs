namespace SysMaster.Core.Tests.Boot;

/// <summary>A small tree that stands for the root directory.</summary>
internal sealed class TemporaryRoot : IDisposable
{
    public TemporaryRoot()
    {
        foreach (string dir in new[] { "etc", "run/systemd", "run/host", "var/lib/dbus", "usr/lib" }) { Directory.CreateDirectory($"{Path}/{dir}"); }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("root").FullName;

    public void Write(string path, string text) => System.IO.File.WriteAllText(Path + path, text);

    public string Read(string path) => System.IO.File.ReadAllText(Path + path);

    public bool Has(string path) => System.IO.File.Exists(Path + path) || Directory.Exists(Path + path);

    public void Dispose() => Directory.Delete(Path, true);
}
