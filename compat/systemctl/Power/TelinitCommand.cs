using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>telinit: a runlevel, or a letter.</summary>
internal static class TelinitCommand
{
    private static readonly OptionRow[] s_rows = [new(1, '\0', "help", ArgumentUse.None), new(2, '\0', "no-wall", ArgumentUse.None)];

    public static int Run(string path, string[] words)
    {
        var settings = new Settings();
        var options = new GetOpt(path, words, s_rows);
        while (options.Next() is var id && id != GetOpt.End)
        {
            if (id == GetOpt.Bad) { return 1; }
            if (id == 1) { return Help.Telinit(); }
            settings.NoWall = true;
        }
        string[] operands = options.Operands;
        if (operands.Length == 0) { return Log.Error($"{path}: required argument missing."); }
        if (operands.Length > 1) { return Log.Error("Too many arguments."); }
        if (operands[0].Length != 1) { return Log.Error("Expected single character argument."); }
        using var session = new Session(settings);
        settings.NoBlock = true;
        return Do(session, operands[0][0], operands[0]);
    }

    private static int Do(Session session, char level, string word)
    {
        switch (level)
        {
            case '0': return HaltCommand.Halt(session, PowerAction.PowerOff);
            case '6': return HaltCommand.Halt(session, PowerAction.Restart);
            case '1' or 's' or 'S': return HaltCommand.WithFallback(session, new PowerAction("1", "rescue.target", "isolate"));
            case >= '2' and <= '5': return HaltCommand.WithFallback(session, new PowerAction($"{level}", $"runlevel{level}.target", "isolate"));
            case 'q' or 'Q': return Manager(session, DaemonReload.Reload, 1);
            case 'u' or 'U': return Manager(session, DaemonReload.Reexecute, 15);
            default: return Log.Error($"Unknown command '{word}'.");
        }
    }

    // A manager that cannot be reached over the bus still takes signals.
    private static int Manager(Session session, Func<Caller, int> how, int signal)
    {
        if (session.Manager() is { } caller && how(caller) == 0) { return 0; }
        return LibC.kill(1, signal) == 0 ? 0 : Log.Error("kill() failed", Errno.Last);
    }
}
