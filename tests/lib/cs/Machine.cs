namespace SysMaster.TestRigs;

/// <summary>A container or virtual machine of one of the two rigs, from its boot to its end.</summary>
public sealed class Machine : IDisposable
{
    private static int s_count;
    private readonly string _rig;
    private readonly bool _virtual;
    private bool _ended;

    private Machine(bool isVirtual, string provider)
    {
        _virtual = isVirtual;
        _rig = Path.Combine(Shell.Root, "tests", isVirtual ? "vm" : "container", "rig");
        Name = $"{Path.GetFileName(provider)}-{Environment.ProcessId}-{Interlocked.Increment(ref s_count)}";
    }

    public string Name { get; }

    /// <summary>Boots one and waits until the boot has finished.</summary>
    /// <param name="root">A profile of tests/rootfs, a folder, or (containers) `machine`.</param>
    /// <param name="options">Further options of `rig start`.</param>
    public static Machine Boot(bool isVirtual, string provider, string root, params string[] options)
    {
        var machine = new Machine(isVirtual, provider);
        Outcome started = Shell.Run(machine._rig, ["start", "--init", provider, "--root", root, .. options, machine.Name], isVirtual ? 700 : 250);
        if (started.Code == 0)
            return machine;
        string console = machine.Console;
        machine.Dispose();
        throw new InvalidOperationException($"{provider} on {root} did not boot: {started}\n--- console\n{console}");
    }

    /// <summary>Everything written to the console so far.</summary>
    /// <summary>PID 1 as seen from outside; containers only.</summary>
    public int Pid => int.Parse(Shell.Run(_rig, ["pid", Name], 10).Text, System.Globalization.CultureInfo.InvariantCulture);

    public string Console => Shell.Run(_rig, ["console", Name], 10).Output;

    /// <summary>Runs a shell command inside.</summary>
    public Outcome Exec(string command, int seconds = 60) => _virtual
        ? Shell.Run(_rig, ["exec", Name, "-t", seconds.ToString(), "--", command], seconds + 30)
        : Shell.Run(_rig, ["exec", Name, "--", "timeout", "-k", "5", seconds.ToString(), "bash", "-c", command], seconds + 10);

    /// <summary>Runs it and gives what it printed; fails the test when it fails.</summary>
    public string Must(string command, int seconds = 60)
    {
        Outcome outcome = Exec(command, seconds);
        outcome.Code.Should().Be(0, "`{0}` must succeed: {1}", command, outcome);
        return outcome.Text;
    }

    /// <summary>Repeats a command, inside, until it succeeds.</summary>
    public void Until(string command, int seconds) =>
        Must($"for i in $(seq {seconds * 5}); do {{ {command}; }} >/dev/null 2>&1 && exit 0; sleep 0.2; done; {command}", seconds * 4 + 30);

    /// <summary>As <see cref="Until"/>, with a new process inside for each look: where all processes are ended meanwhile.</summary>
    public void UntilAnew(string command, int seconds)
    {
        var limit = System.Diagnostics.Stopwatch.StartNew();
        while (limit.Elapsed.TotalSeconds < seconds)
        {
            if (Exec($"{{ {command}; }} >/dev/null 2>&1 || {{ sleep 0.2; false; }}", 10).Code == 0)
                return;
        }

        Must(command);
    }

    /// <summary>Waits until a container's PID 1 has ended, and tells how: "reboot", "poweroff", "exit N".</summary>
    public string End(int seconds)
    {
        string file = Path.Combine(Shell.Run(_rig, ["path", Name], 10).Text, "exit");
        var limit = System.Diagnostics.Stopwatch.StartNew();
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(file)!);
        while (!File.Exists(file) && limit.Elapsed.TotalSeconds < seconds)
            watcher.WaitForChanged(WatcherChangeTypes.All, 500);
        return File.Exists(file) ? File.ReadAllText(file).Trim() : "it runs on";
    }

    /// <summary>Waits until a virtual machine has switched itself off, or restarts, which is its end too. Its console can be read still.</summary>
    /// <returns>False: it runs on.</returns>
    public bool WaitForEnd(int seconds)
    {
        var limit = System.Diagnostics.Stopwatch.StartNew();
        while (limit.Elapsed.TotalSeconds < seconds)
        {
            if (!Shell.Run(_rig, ["list"], 10).Text.Split('\n').Contains(Name)) { return true; }
            Thread.Sleep(500);
        }

        return false;
    }

    /// <summary>Takes the power from a virtual machine.</summary>
    public void Cut()
    {
        _ended = true;
        Shell.Run(_rig, ["cut", Name], 30).Code.Should().Be(0);
    }

    /// <summary>Powers it off. True if it went by itself.</summary>
    public Outcome PowerOff(int seconds)
    {
        _ended = true;
        return Shell.Run(_rig, ["stop", Name, seconds.ToString()], seconds + 60);
    }

    public void Dispose()
    {
        if (!_ended)
            PowerOff(_virtual ? 30 : 10);
    }
}
