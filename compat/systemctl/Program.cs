namespace SysMaster.Systemctl;

/// <summary>One program, many names: systemctl, and what System V called halt, poweroff, reboot, shutdown, runlevel and telinit.</summary>
internal static class Program
{
    private static int Main(string[] words)
    {
        string path = Environment.GetCommandLineArgs()[0];
        int code = Run(Path.GetFileName(path), path, words);
        Pager.Close();
        Agents.Close();
        return code;
    }

    private static int Run(string name, string path, string[] words) => name switch
    {
        "halt" or "poweroff" or "reboot" => HaltCommand.Run(name, path, words),
        "shutdown" => ShutdownCommand.Run(path, words),
        "runlevel" => RunlevelCommand.Run(path, words),
        "telinit" or "init" => TelinitCommand.Run(path, words),
        _ => Systemctl(path, words),
    };

    private static int Systemctl(string path, string[] words)
    {
        var settings = new Settings();
        if (SystemctlOptions.Parse(path, words, settings, out string[] operands) is { } code) { return code; }
        using var session = new Session(settings);
        return VerbTable.Dispatch(session, operands);
    }
}
