using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Units.Tests;

/// <summary>A manager over a folder of unit files, without init, executor or control groups: everything but processes is real.</summary>
internal sealed class TestManager : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sysmaster-units-").FullName;

    public TestManager(params (string Name, string Text)[] files)
    {
        foreach ((string name, string text) in files) { Write(name, text); }
        Manager = new Manager(new ManagerOptions { RuntimeDirectory = _folder + "/run", WatchesKernel = false }, UnitTypes.All);
        Manager.SetCgroups(new UnitCgroups(Manager, null, ""));
        Reopen();
        Manager.EnumerateTypes();
        Settle();
    }

    public Manager Manager { get; }

    public Unit this[string name] => Manager.Load(UnitName.Parse(name));

    public void Write(string name, string text)
    {
        string path = System.IO.Path.Combine(_folder, "units", name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Remove(string name) => File.Delete(System.IO.Path.Combine(_folder, "units", name));

    public void Reopen() =>
        Manager.OpenFiles(SearchPaths.Create(SearchScope.System, new SearchPathOptions { UnitPath = new ByteText(_folder + "/units") }));

    public BusError? Start(string name, JobMode mode = JobMode.Replace) => Enqueue(JobType.Start, name, mode);

    public BusError? Stop(string name, JobMode mode = JobMode.Replace) => Enqueue(JobType.Stop, name, mode);

    /// <summary>Runs the queues until nothing is left to do.</summary>
    public void Settle()
    {
        for (int i = 0; i < 100; i++)
        {
            Manager.OnTurnEnd();
            if (!Manager.HasWork) { return; }
        }
    }

    public void Dispose()
    {
        Manager.Inotify.Dispose();
        Manager.Loop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private BusError? Enqueue(JobType type, string name, JobMode mode)
    {
        BusError? error = Manager.AddJob(type, this[name], mode, out _);
        Settle();
        return error;
    }
}
