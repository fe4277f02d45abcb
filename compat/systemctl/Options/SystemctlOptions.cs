namespace SysMaster.Systemctl;

/// <summary>systemctl's own options. The order of the rows is the order in which an ambiguous abbreviation lists what it could be.</summary>
internal static class SystemctlOptions
{
    private enum Id
    {
        Help = 256, Version,   // above what getopt itself returns: a letter, or '?' for what it does not know
        Type, Property, All, Reverse, After, Before, ShowTypes, Failed, Full, JobMode, Fail, Irreversible, IgnoreDependencies,
        IgnoreInhibitors, CheckInhibitors, Value, User, System, Global, Wait, NoBlock, Legend, NoLegend, NoPager, NoWall, DryRun, Quiet, Root, Image,
        Force, NoReload, KillWhom, Signal, NoAskPassword, Host, Machine, Runtime, Lines, Output, Plain, State, Recursive, WithDependencies,
        PresetMode, FirmwareSetup, BootLoaderMenu, BootLoaderEntry, Now, Message, ShowTransaction, What, RebootArgument, Timestamp, ReadOnly,
        Mkdir, Marked, OnlyValue, DropIn, Stdin, NoWarn, KillValue, When, Dot,
    }

    private static readonly OptionRow[] s_rows =
    [
        Row(Id.Help, 'h', "help"), Row(Id.Version, '\0', "version"), Row(Id.Type, 't', "type", 1), Row(Id.Property, 'p', "property", 1),
        Row(Id.All, 'a', "all"), Row(Id.Reverse, '\0', "reverse"), Row(Id.After, '\0', "after"), Row(Id.Before, '\0', "before"),
        Row(Id.ShowTypes, '\0', "show-types"), Row(Id.Failed, '\0', "failed"), Row(Id.Full, 'l', "full"), Row(Id.JobMode, '\0', "job-mode", 1),
        Row(Id.Fail, '\0', "fail"), Row(Id.Irreversible, '\0', "irreversible"), Row(Id.IgnoreDependencies, '\0', "ignore-dependencies"),
        Row(Id.IgnoreInhibitors, 'i', "ignore-inhibitors"), Row(Id.CheckInhibitors, '\0', "check-inhibitors", 1), Row(Id.Value, '\0', "value"),
        Row(Id.User, '\0', "user"), Row(Id.System, '\0', "system"), Row(Id.Global, '\0', "global"), Row(Id.Wait, '\0', "wait"),
        Row(Id.NoBlock, '\0', "no-block"), Row(Id.Legend, '\0', "legend", 1), Row(Id.NoLegend, '\0', "no-legend"), Row(Id.NoPager, '\0', "no-pager"),
        Row(Id.NoWall, '\0', "no-wall"), Row(Id.DryRun, '\0', "dry-run"), Row(Id.Quiet, 'q', "quiet"), Row(Id.Root, '\0', "root", 1),
        Row(Id.Image, '\0', "image", 1), Row(Id.Force, 'f', "force"), Row(Id.NoReload, '\0', "no-reload"), Row(Id.KillWhom, '\0', "kill-whom", 1),
        Row(Id.Signal, 's', "signal", 1), Row(Id.NoAskPassword, '\0', "no-ask-password"), Row(Id.Host, 'H', "host", 1),
        Row(Id.Machine, 'M', "machine", 1), Row(Id.Runtime, '\0', "runtime"), Row(Id.Lines, 'n', "lines", 1), Row(Id.Output, 'o', "output", 1),
        Row(Id.Plain, '\0', "plain"), Row(Id.State, '\0', "state", 1), Row(Id.Recursive, 'r', "recursive"),
        Row(Id.WithDependencies, '\0', "with-dependencies"), Row(Id.PresetMode, '\0', "preset-mode", 1), Row(Id.FirmwareSetup, '\0', "firmware-setup"),
        Row(Id.BootLoaderMenu, '\0', "boot-loader-menu", 1), Row(Id.BootLoaderEntry, '\0', "boot-loader-entry", 1), Row(Id.Now, '\0', "now"),
        Row(Id.Message, '\0', "message", 1), Row(Id.ShowTransaction, 'T', "show-transaction"), Row(Id.What, '\0', "what", 1),
        Row(Id.RebootArgument, '\0', "reboot-argument", 1), Row(Id.Timestamp, '\0', "timestamp", 1), Row(Id.ReadOnly, '\0', "read-only"),
        Row(Id.Mkdir, '\0', "mkdir"), Row(Id.Marked, '\0', "marked"), Row(Id.DropIn, '\0', "drop-in", 1), Row(Id.Stdin, '\0', "stdin"),
        Row(Id.NoWarn, '\0', "no-warn"), Row(Id.KillValue, '\0', "kill-value", 1), Row(Id.When, '\0', "when", 1), Row(Id.OnlyValue, 'P', "", 1), Row(Id.Dot, '.', "", 2),
    ];

    /// <summary>Every long name, for completion and its test.</summary>
    public static IEnumerable<string> LongNames => s_rows.Select(r => r.Name).Where(n => n.Length > 0);

    /// <returns>Null to go on with the operands; else the exit code.</returns>
    public static int? Parse(string program, string[] words, Settings settings, out string[] operands)
    {
        var options = new GetOpt(program, words, s_rows);
        operands = [];
        while (options.Next() is var id && id != GetOpt.End)
        {
            if (id == GetOpt.Bad) { return 1; }
            if (Take((Id)id, options.Argument ?? "", program, settings) is { } code) { return code; }
        }
        operands = options.Operands;
        return Check(settings, operands);
    }

    private static OptionRow Row(Id id, char letter, string name, int use = 0) => new((int)id, letter, name, (ArgumentUse)use);

    private static int? Take(Id id, string argument, string program, Settings s)
    {
        switch (id)
        {
            case Id.Help: return Help.Systemctl(s);
            case Id.Version: return Help.Version();
            case Id.Type: return OptionValues.Type(s, argument);
            case Id.Property: return OptionValues.Properties(s, argument);
            case Id.OnlyValue: s.OnlyValues = true; return OptionValues.Properties(s, argument);
            case Id.All: s.All = true; break;
            case Id.Reverse: s.Dependency = DependencyDirection.Reverse; break;
            case Id.After: s.Dependency = DependencyDirection.After; s.Jobs |= JobOrder.After; break;
            case Id.Before: s.Dependency = DependencyDirection.Before; s.Jobs |= JobOrder.Before; break;
            case Id.ShowTypes: s.ShowTypes = true; break;
            case Id.Failed: s.States.Add("failed"); break;
            case Id.Full: s.Full = true; break;
            case Id.JobMode: s.JobMode = argument; break;
            case Id.Fail: s.JobMode = "fail"; break;
            case Id.Irreversible: s.JobMode = "replace-irreversibly"; break;
            case Id.IgnoreDependencies: s.JobMode = "ignore-dependencies"; break;
            case Id.IgnoreInhibitors: s.CheckInhibitors = false; break;
            case Id.CheckInhibitors: return OptionValues.CheckInhibitors(s, argument);
            case Id.Value: s.OnlyValues = true; break;
            case Id.User: s.Scope = UnitFiles.Lookup.SearchScope.User; break;
            case Id.System: s.Scope = UnitFiles.Lookup.SearchScope.System; break;
            case Id.Global: s.Scope = UnitFiles.Lookup.SearchScope.Global; break;
            case Id.Wait: s.Wait = true; break;
            case Id.NoBlock: s.NoBlock = true; break;
            case Id.Legend: return OptionValues.Legend(s, argument);
            case Id.NoLegend: s.NoLegend = true; break;
            case Id.NoPager: s.NoPager = true; break;
            case Id.NoWall: s.NoWall = true; break;
            case Id.DryRun: s.DryRun = true; break;
            case Id.Quiet: s.Quiet = true; s.NoLegend |= s.Quiet; break;
            case Id.Root: return OptionValues.Root(argument, path => s.Root = path);
            case Id.Image: return OptionValues.Root(argument, path => s.Image = path);
            case Id.Force: s.Force++; break;
            case Id.NoReload: s.NoReload = true; break;
            case Id.KillWhom: s.KillWhom = argument; break;
            case Id.Signal: return OptionValues.Signal(s, argument);
            case Id.NoAskPassword: s.AskPassword = false; break;
            case Id.Host: s.Transport = Transport.Remote; s.Host = argument; break;
            case Id.Machine: s.Transport = Transport.Machine; s.Host = argument; break;
            case Id.Runtime: s.Runtime = true; break;
            case Id.Lines: return OptionValues.Lines(s, argument);
            case Id.Output: return OptionValues.Output(s, argument);
            case Id.Plain: s.Plain = true; break;
            case Id.State: return OptionValues.State(s, argument);
            case Id.Recursive:
                if (Linux.LibC.geteuid() != 0) { return Log.Error("--recursive requires root privileges."); }
                s.Recursive = true;
                break;
            case Id.WithDependencies: s.WithDependencies = true; break;
            case Id.PresetMode: return OptionValues.PresetMode(s, argument);
            case Id.FirmwareSetup: s.FirmwareSetup = true; break;
            case Id.BootLoaderMenu: return OptionValues.BootLoaderMenu(s, argument);
            case Id.BootLoaderEntry: return OptionValues.BootLoaderEntry(s, argument);
            case Id.Now: s.Now = true; break;
            case Id.Message: s.Message = argument; break;
            case Id.ShowTransaction: s.ShowTransaction = true; break;
            case Id.What: return OptionValues.What(s, argument);
            case Id.RebootArgument: s.RebootArgument = argument; break;
            case Id.Timestamp: return OptionValues.Timestamp(s, argument);
            case Id.ReadOnly: s.ReadOnly = true; break;
            case Id.Mkdir: s.Mkdir = true; break;
            case Id.Marked: s.Marked = true; break;
            case Id.DropIn: return OptionValues.DropIn(s, argument);
            case Id.Stdin: s.Stdin = true; break;
            case Id.NoWarn: s.NoWarn = true; break;
            case Id.KillValue: return OptionValues.KillValue(s, argument);
            case Id.When: return OptionValues.When(s, argument);
            case Id.Dot:
                // "-.mount" is a unit to people and an option to getopt.
                _ = Log.Error($"{program}: invalid option -- '.'");
                string unit = argument.Length > 0 ? argument : "mount";
                Log.Notice($"Hint: to specify units starting with a dash, use \"--\":\n      {program} [OPTIONS...] COMMAND -- -.{unit} ...");
                return 1;
        }
        return null;
    }

    /// <summary>What cannot be asked for together.</summary>
    private static int? Check(Settings s, string[] operands)
    {
        string verb = operands.FirstOrDefault("");
        if (s.Transport != Transport.Local && s.Scope != UnitFiles.Lookup.SearchScope.System && s.Transport == Transport.Remote)
        {
            return Log.Error("Cannot access user instance remotely.");
        }
        if (s.Wait && s.NoBlock) { return Log.Error("--wait may not be combined with --no-block."); }
        if (s.Marked)
        {
            if (verb != "reload-or-restart") { return Log.Error("--marked may only be used with 'reload-or-restart'."); }
            if (operands.Length > 1) { return Log.Error("No additional arguments allowed with 'reload-or-restart --marked'."); }
            if (s.Wait) { return Log.Error("--marked --wait is not supported."); }
            if (s.ShowTransaction) { return Log.Error("--marked --show-transaction is not supported."); }
        }
        else if (verb == "reload-or-restart" && operands.Length <= 1) { return Log.Error("List of units to restart/reload is required."); }
        if (s.Image.Length > 0 && s.Root.Length > 0)
        {
            return Log.Error("Please specify either --root= or --image=, the combination of both is not supported.");
        }
        return null;
    }
}
