using System.Diagnostics;

namespace SysMaster.DBus.Systemd1.Tests;

/// <summary>The real client, as the machine's systemd has it.</summary>
internal static class Busctl
{
    public sealed record Outcome(int Status, string Output, string Error);

    public static Outcome Run(ManagerOnFiles manager, params string[] arguments)
    {
        for (int i = 0; ; i++)
        {
            Outcome outcome = Execute("busctl", ["--address=" + manager.Address, "--no-pager", .. arguments]);
            // It takes the socket for a bus: a signal that comes before the answer to its Hello ends it with EIO, before it has asked anything.
            if (i == 4 || !outcome.Error.EndsWith(": Input/output error\n", StringComparison.Ordinal)) { return outcome; }
        }
    }

    /// <summary>Calls a method of the manager; fails the test when it is refused.</summary>
    public static string Call(ManagerOnFiles manager, string member, params string[] arguments)
    {
        Outcome outcome = TryCall(manager, member, arguments);
        outcome.Error.Should().BeEmpty();
        return outcome.Output.Trim();
    }

    public static Outcome TryCall(ManagerOnFiles manager, string member, params string[] arguments)
        => Run(manager, ["call", "org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", member, .. arguments]);

    public static string Property(ManagerOnFiles manager, string path, string interfaceName, string name)
    {
        Outcome outcome = Run(manager, "get-property", "org.freedesktop.systemd1", path, interfaceName, name);
        outcome.Error.Should().BeEmpty();
        return outcome.Output.Trim();
    }

    /// <summary>systemctl --user finds the private socket below XDG_RUNTIME_DIR.</summary>
    public static Outcome Systemctl(ManagerOnFiles manager, params string[] arguments)
        => Execute("systemctl", ["--user", "--no-pager", .. arguments], manager.Directory);

    private static Outcome Execute(string program, string[] arguments, string? runtimeDirectory = null)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments) { start.ArgumentList.Add(argument); }
        if (runtimeDirectory is not null) { start.Environment["XDG_RUNTIME_DIR"] = runtimeDirectory; }
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output, error.Result);
    }
}
