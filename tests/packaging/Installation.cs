using SysMaster.TestRigs;

namespace SysMaster.Packaging.Tests;

/// <summary>A machine that takes RPMs and keeps its disk from one boot to the next; /sbin/init decides who is PID 1.</summary>
public sealed class Installation : IDisposable
{
    private readonly string _disk = Path.Combine(Shell.Root, "out", "packaging-" + Guid.NewGuid().ToString("N")[..8]);

    public Installation(int release) => Machine = Boot("--payload", Packages.Folder(release));

    public Machine Machine { get; private set; }

    /// <summary>Switches it off, in the orderly way, which it must manage, and on again.</summary>
    public void Restart(params string[] options)
    {
        Outcome ended = Machine.PowerOff(60);
        ended.Code.Should().Be(0, "{0}", ended);
        Machine = Boot(options);
    }

    /// <summary>By the reset button: it may hang, or have ended.</summary>
    public void Reset()
    {
        Machine.Dispose();
        Machine = Boot();
    }

    /// <summary>The same, without waiting for the end of a boot that has none.</summary>
    public void RestartInto(Action<Machine> look)
    {
        Machine.PowerOff(60);
        Machine = Boot("--no-wait");
        look(Machine);
    }

    public string Must(string command, int seconds = 60) => Machine.Must(command, seconds);

    public string Running => Must("basename $(dirname $(readlink /proc/1/exe))");

    public void Dispose()
    {
        Machine.Dispose();
        Directory.Delete(_disk, recursive: true);
    }

    private Machine Boot(params string[] options) => Machine.Boot(isVirtual: false, "/sbin/init", "rpm", ["--keep", _disk, .. options]);
}
