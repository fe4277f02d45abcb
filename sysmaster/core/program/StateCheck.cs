using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.Savepoint;
using SysMaster.UnitFiles.Lookup;
using SysMaster.Units;

namespace SysMaster.Program;

/// <summary>
/// <c>sysmaster --check-state</c>, before an upgrade: can this build go on from the state of the one that runs? It reads a copy of it (descriptors 3
/// and 4, the segments of the log) and loads the units it speaks of, beside the running manager and without touching anything.
/// </summary>
internal static class StateCheck
{
    public const string Switch = "--check-state";

    public static int Run()
    {
        Result<SavepointLog> log = SavepointLog.Open(new OwnedFd(3), new OwnedFd(4), out SavepointReport report);
        if (log.Failed) { return Say($"The state cannot be read ({report.First}, {report.Second}): {log.Error}", 1); }
        var manager = new Manager(new ManagerOptions { RuntimeDirectory = "/nonexistent", WatchesKernel = false }, UnitTypes.All);
        manager.SetCgroups(new UnitCgroups(manager, null, ""));
        manager.OpenFiles(SearchPaths.Create(SearchScope.System));
        manager.ReadState(log.Value);
        if (manager.RecordsUnread > 0) { return Say($"{manager.RecordsUnread} of the state's units cannot be read.", 1); }
        return Say($"{manager.Units.Count} units and {manager.JobsRead} jobs can be read.", 0);
    }

    private static int Say(string text, int code)
    {
        _ = Sys.WriteAll(new Fd(1), new ByteText(text + "\n").Span);
        return code;
    }
}
