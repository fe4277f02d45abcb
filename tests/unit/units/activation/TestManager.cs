using System.Text;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Units.Tests.Activation;

/// <summary>A manager over unit files in a directory of its own: real kernel, no init, no executor (nothing is ever executed).</summary>
internal sealed class TestManager : IDisposable
{
    private readonly Dictionary<string, string> _files = [];

    public TestManager()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("sysmaster-units-").FullName;
        System.IO.Directory.CreateDirectory(Units);
    }

    public string Directory { get; }

    public string Units => Directory + "/units";

    public Manager Manager { get; private set; } = null!;

    /// <summary>A unit file; {dir} stands for the temporary directory. Default dependencies are off: no targets are needed.</summary>
    public TestManager With(string name, string content)
    {
        _files[name] = content.Replace("{dir}", Directory, StringComparison.Ordinal);
        System.IO.File.WriteAllText($"{Units}/{name}", "[Unit]\nDefaultDependencies=no\n" + _files[name]);
        return this;
    }

    public TestManager Up()
    {
        Manager = new Manager(new ManagerOptions { RuntimeDirectory = Directory }, UnitTypes.All);
        Manager.Cgroups = new UnitCgroups(Manager, null, "");
        Manager.OpenFiles(SearchPaths.Create(SearchScope.System, new SearchPathOptions { UnitPath = new ByteText(Units) }));
        return this;
    }

    public T Load<T>(string name)
        where T : Unit => (T)Manager.Load(UnitName.Parse(name));

    /// <summary>Asks for the job and lets the manager work until nothing is left to do at once.</summary>
    public BusError? Do(JobType type, Unit unit)
    {
        BusError? error = Manager.AddJob(type, unit, JobMode.Replace, out _);
        Settle();
        return error;
    }

    public T Start<T>(string name)
        where T : Unit
    {
        T unit = Load<T>(name);
        Do(JobType.Start, unit).Should().BeNull();
        return unit;
    }

    public void Settle()
    {
        do { Manager.OnTurnEnd(); }
        while (Manager.HasWork);
    }

    /// <summary>Turns of the loop until it is so; each waits for the kernel, for ten seconds in all.</summary>
    public void Until(Func<bool> so)
    {
        Usec end = Clock.Monotonic() + Usec.FromSec(10);
        while (!so() && Clock.Monotonic() < end)
        {
            Manager.Loop.Turn(100);
            Settle();
        }
        so().Should().BeTrue("it was waited for");
    }

    public ByteText Path(string name) => new($"{Directory}/{name}");

    public void Dispose()
    {
        foreach (Unit unit in Manager.Units) { unit.OnRemoved(); }
        Manager.Inotify.Dispose();
        Manager.Loop.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
