using System.Runtime.InteropServices;
using SysMaster.Core;
using SysMaster.Core.Boot;
using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;
using SysMaster.Units;

namespace SysMaster.DBus.Systemd1.Tests;

/// <summary>
/// A manager without init, executor and control groups over unit files in a directory of its own, with its private bus socket there. Its
/// loop runs on a thread until it is disposed; only clients of the socket may touch it meanwhile.
/// </summary>
public sealed class ManagerOnFiles : IDisposable
{
    private readonly Thread _thread;
    private readonly Manager _manager;

    public ManagerOnFiles(params (string Name, string Text)[] files)
        : this("", files)
    {
    }

    /// <param name="bus">The socket of a message bus that runs; empty for none.</param>
    /// <param name="files">Unit files.</param>
    public ManagerOnFiles(string bus, (string Name, string Text)[] files)
    {
        Directory = Path.Combine(Path.GetTempPath(), "bus-" + Guid.NewGuid().ToString("N")[..8]);
        string units = Path.Combine(Directory, "units");
        System.IO.Directory.CreateDirectory(units);
        System.IO.Directory.CreateDirectory(Path.Combine(Directory, "systemd"));
        foreach ((string name, string text) in files)
        {
            string path = Path.Combine(units, name);
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        _manager = new Manager(new ManagerOptions { RuntimeDirectory = Directory, Uid = LibC.geteuid() }, UnitTypes.All);
        _manager.SetFacts(new SystemFacts());
        _manager.SetCgroups(new UnitCgroups(_manager, null, ""));
        // The user's layout lies wholly below directories that we choose: nothing of the machine is read or written.
        _manager.OpenFiles(SearchPaths.Create(SearchScope.User, new SearchPathOptions
        {
            UnitPath = new ByteText($"{units}:{Directory}/systemd/transient:{Directory}/systemd/user.control"),
            Home = new ByteText(Directory),
            RuntimeDirectory = new ByteText(Directory),
            ConfigHome = new ByteText($"{Directory}/config"),
        }));
        BusFront.Attach(_manager, options: new BusFrontOptions { BusSocket = bus, BusIsForeign = true });
        _manager.EnumerateTypes();
        _thread = new Thread(Run) { IsBackground = true, Name = "manager" };
        _thread.Start();
    }

    public string Directory { get; }

    public string Address => $"unix:path={Directory}/systemd/private";

    public string Units => Path.Combine(Directory, "units");

    public void Dispose()
    {
        if (_thread.IsAlive)
        {
            Busctl.Run(this, "call", "org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "Reexecute");
            _thread.Join(TimeSpan.FromSeconds(20)).Should().BeTrue("the loop ends when it is told so");
        }
        _manager.Inotify.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private void Run()
    {
        _manager.OnTurnEnd();
        _manager.Loop.Run(_manager);
    }
}
