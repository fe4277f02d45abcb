using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core.Boot;

/// <summary>
/// The directories and nodes of /run/systemd that other programs expect from the manager (/run/systemd/system says "systemd runs here" to
/// sd_booted(3)); generators, transient units and sockets make their own.
/// </summary>
public static class RunTree
{
    private const uint Mode1777 = 0x3FF;
    private const uint Mode0755 = 0x1ED;
    private const uint Mode0700 = 0x1C0;
    private const uint Mode0600 = 0x180;

    private static readonly (string Path, uint Mode)[] s_directories =
    [
        ("", Mode0755), ("/system", Mode0755), ("/units", Mode0755), ("/ask-password", Mode0755), ("/inaccessible", Mode0755),
        ("/incoming", Mode0755), ("/propagate", Mode0600), ("/unit-root", Mode0700), ("/userdb", Mode0755), ("/journal", Mode0755),
    ];

    /// <summary>Mode 0000 of each kind: what InaccessiblePaths= mounts over a path of that kind.</summary>
    private static readonly (string Name, uint Type)[] s_inaccessible =
    [
        ("reg", LibC.S_IFREG), ("fifo", LibC.S_IFIFO), ("sock", LibC.S_IFSOCK), ("chr", LibC.S_IFCHR), ("blk", LibC.S_IFBLK),
    ];

    /// <param name="container">$container, written to /run/systemd/container for those who look there; empty: none.</param>
    /// <param name="root">A prefix of the paths; empty is this machine.</param>
    /// <returns>The error of a directory that must be there; a node that a container may not make is only warned of.</returns>
    public static Errno Create(string container, string root = "")
    {
        string top = root + "/run/systemd";
        foreach ((string path, uint mode) in s_directories)
        {
            Errno e = Sys.MkdirAll(new ByteText(top + path), mode);
            if (e.Failed) { return e; }
        }
        // Debian's tmpfiles rules leave it to the manager, and its programs expect to write there; elsewhere a rule sets the mode.
        _ = Sys.MkdirAll(new ByteText(root + "/run/lock"), SmallFile.Exists(root + "/etc/debian_version") ? Mode1777 : Mode0755);
        MakeInaccessible(top + "/inaccessible");
        return container.Length == 0 ? Errno.None : SmallFileWrite(top + "/container", container);
    }

    /// <summary>The same of a user's manager, below its runtime directory, which exists.</summary>
    public static Errno CreateForUser(string runtimeDirectory)
    {
        string top = runtimeDirectory + "/systemd";
        foreach (string path in (ReadOnlySpan<string>)["", "/units", "/inaccessible"])
        {
            Errno e = Sys.MkdirAll(new ByteText(top + path), Mode0755);
            if (e.Failed) { return e; }
        }
        MakeInaccessible(top + "/inaccessible");
        return Errno.None;
    }

    private static void MakeInaccessible(string directory)
    {
        Errno dir = Sys.Mkdir(new ByteText(directory + "/dir"), 0);
        if (dir.Failed && dir != Errno.EEXIST) { Log.Warning($"Failed to create {directory}/dir: {dir}"); }
        foreach ((string name, uint type) in s_inaccessible)
        {
            Errno e = Sys.MakeNode(new ByteText($"{directory}/{name}"), type);
            // Device nodes are refused in most containers; the executor falls back to the node of a file.
            bool device = name is "chr" or "blk";
            if (e.Failed && e != Errno.EEXIST && !(device && e == Errno.EPERM)) { Log.Warning($"Failed to create {directory}/{name}: {e}"); }
        }
    }

    private static Errno SmallFileWrite(string path, string text)
        => Sys.WriteFile(
            new ByteText(path),
            System.Text.Encoding.UTF8.GetBytes(text + "\n"),
            LibC.O_WRONLY | LibC.O_CREAT | LibC.O_TRUNC | LibC.O_NOFOLLOW);
}
