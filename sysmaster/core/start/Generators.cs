using System.Text;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>
/// Environment generators one after the other, then all unit generators at once, as helpers with a deadline; the loop goes on meanwhile.
/// systemd.generator(7), systemd.environment-generator(7).
/// </summary>
internal sealed class Generators(Manager manager, Action finished) : IHelperObserver
{
    private static readonly Usec s_limit = Usec.FromSec(90);
    private const int EnvironmentTag = 1;
    private const int UnitTag = 2;

    private readonly Queue<ByteText> _environment = new();
    private int _running;

    private static string[] Bases(bool system) => system
        ? ["/run/systemd/", "/etc/systemd/", "/usr/local/lib/systemd/", "/usr/lib/systemd/"]
        : ["/run/systemd/", "/etc/systemd/", "/usr/local/lib/systemd/", "/usr/lib/systemd/"];

    public void Start()
    {
        manager.Startup.Stamp(StartupClock.GeneratorsStart);
        string scope = manager.IsSystem ? "system" : "user";
        foreach (ByteText path in Executables($"{scope}-environment-generators")) { _environment.Enqueue(path); }
        NextEnvironment();
    }

    public void OnHelperEnded(int tag, ChildExit exit, ReadOnlySpan<byte> output)
    {
        if (tag == EnvironmentTag)
        {
            if (exit.IsSuccess) { Take(output); }
            else { Log.Warning($"An environment generator failed: its output is ignored."); }
            NextEnvironment();
            return;
        }
        if (!exit.IsSuccess) { Log.Error($"A generator failed with exit status {exit.Status}."); }
        if (--_running == 0) { End(); }
    }

    private void NextEnvironment()
    {
        while (_environment.TryDequeue(out ByteText path))
        {
            if (!manager.Helpers.Run([path], manager.EnvironmentBlock, s_limit, this, EnvironmentTag, keepOutput: true).Failed) { return; }
            Log.Error($"The environment generator {path.ToString()} could not be started.");
        }
        RunUnitGenerators();
    }

    private void Take(ReadOnlySpan<byte> output)
    {
        var reader = new EnvironmentFileReader(output);
        while (reader.MoveNext())
        {
            if (EnvironmentText.IsValidAssignment(reader.Assignment)) { manager.SetBaseVariable(new ByteText(reader.Assignment)); }
        }
        reader.Dispose();
    }

    private void RunUnitGenerators()
    {
        string run = manager.Options.RuntimeDirectory + "/systemd/";
        string[] directories = [run + "generator", run + "generator.early", run + "generator.late"];
        foreach (string directory in directories)
        {
            FileTrees.Empty(new ByteText(directory));
            _ = Sys.MkdirAll(new ByteText(directory), 0x1ED);
        }
        ByteText[] arguments = Array.ConvertAll(directories, static d => new ByteText(d));
        foreach (ByteText path in Executables($"{(manager.IsSystem ? "system" : "user")}-generators"))
        {
            Errno error = manager.Helpers.Run([path, arguments[0], arguments[1], arguments[2]], Environment(), s_limit, this, UnitTag);
            if (error.Failed) { Log.Error($"The generator {path.ToString()} could not be started: {error.ToString()}"); }
            else { _running++; }
        }
        if (_running == 0) { End(); }
    }

    private List<ByteText> Environment()
    {
        var block = new List<ByteText>(manager.EnvironmentBlock)
        {
            new($"SYSTEMD_SCOPE={(manager.IsSystem ? "system" : "user")}"),
            new($"SYSTEMD_ARCHITECTURE={manager.Facts.Architecture}"),
        };
        string virtualization = manager.Facts.Virtualization.Id;
        if (virtualization.Length > 0 && virtualization != "none")
        {
            block.Add(new ByteText($"SYSTEMD_VIRTUALIZATION={(manager.Facts.Virtualization.IsContainer ? "container" : "vm")}:{virtualization}"));
        }
        if (manager.IsSystem)
        {
            block.Add(new ByteText($"SYSTEMD_IN_INITRD={(manager.Facts.InInitrd ? 1 : 0)}"));
            block.Add(new ByteText($"SYSTEMD_FIRST_BOOT={(Sys.Exists("/run/systemd/first-boot"u8) ? 1 : 0)}"));
        }
        return block;
    }

    private void End()
    {
        string run = manager.Options.RuntimeDirectory + "/systemd/";
        foreach (string name in (ReadOnlySpan<string>)["generator", "generator.early", "generator.late"])
        {
            _ = Sys.Unlink(new ByteText(run + name), LibC.AT_REMOVEDIR);   // goes only if nothing was put there
        }
        manager.Startup.Stamp(StartupClock.GeneratorsFinish);
        finished();
    }

    /// <summary>One of each name, the first directory winning; an entry that leads to /dev/null hides the later ones.</summary>
    private List<ByteText> Executables(string directory)
    {
        var byName = new SortedDictionary<string, ByteText>(StringComparer.Ordinal);
        foreach (string stem in Bases(manager.IsSystem))
        {
            Result<DirectoryReader> open = Sys.OpenDirectory(new ByteText(stem + directory));
            if (open.Failed) { continue; }
            using DirectoryReader reader = open.Value;
            foreach (DirectoryEntry entry in reader)
            {
                string name = Encoding.UTF8.GetString(entry.Name);
                if (name.StartsWith('.') || byName.ContainsKey(name)) { continue; }
                byName[name] = new ByteText($"{stem}{directory}/{name}");
            }
        }
        var paths = new List<ByteText>(byName.Count);
        foreach (ByteText path in byName.Values)
        {
            Result<FileStat> stat = Sys.Stat(path);
            if (!stat.Failed && stat.Value.IsRegular && (stat.Value.Mode & 0x49) != 0) { paths.Add(path); }
        }
        return paths;
    }
}
