using SysMaster.Cgroups;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>
/// Processes that an initrd's manager leaves running in control groups which are ours from now on. Only those marked by `@` as the first
/// character of argv[0] are meant to stay (systemd's documented mark for daemons that hold the root); all others have had their SIGTERM.
/// </summary>
internal static class Inheritance
{
    private const int MaxDepth = 16;

    public static void Take(Manager manager)
    {
        if (manager.Cgroups is not { Tree: { } tree, Root: { } root }) { return; }
        Walk(manager, tree, root.Length == 0 ? CgroupPath.Top : new ByteText(root), 0);
    }

    private static void Walk(Manager manager, CgroupTree tree, ByteText group, int depth)
    {
        var children = new List<ByteText>();
        if (depth > MaxDepth || tree.Children(group, children).Failed) { return; }
        foreach (ByteText child in children)
        {
            ByteText path = CgroupPath.Child(group, child.Span);
            if (child.Span.EndsWith(".slice"u8))
            {
                Walk(manager, tree, path, depth + 1);
                continue;
            }
            if (!UnitName.TryParse(CgroupPath.Unescape(child.Span), out UnitName name) || name.IsTemplate) { continue; }
            var pids = new List<int>();
            _ = tree.Pids(path, pids);
            _ = pids.RemoveAll(static pid => !IsMarked(pid));
            if (pids.Count == 0) { continue; }
            Unit unit = manager.Load(name);
            if (!unit.IsLoaded) { continue; }   // the new root does not know it: its processes go on without a unit
            _ = manager.Cgroups.Realize(unit);
            unit.OnFoundRunning(pids);
        }
    }

    private static bool IsMarked(int pid)
    {
        Result<byte[]> arguments = Sys.ReadFile(new ByteText($"/proc/{pid}/cmdline"), 1 << 21);
        return !arguments.Failed && arguments.Value.Length > 0 && arguments.Value[0] == (byte)'@';
    }
}
