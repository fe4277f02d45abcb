using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles.Install;

namespace SysMaster.Systemctl;

/// <summary>enable, disable, reenable, preset, mask, unmask, link, revert.</summary>
internal static class Enable
{
    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        string verb = words[0];
        if (Names(settings, verb, words[1..]) is not { } names) { return 1; }
        bool isLocal = LocalFiles.IsLocal(settings);
        if (SysV.Handle(settings, verb, names) is { Failed: true }) { return 1; }
        if (names.Count == 0) { return settings.NoReload || isLocal ? 0 : Reload(session); }
        int code = isLocal ? Locally(settings, verb, names) : OverBus(session, verb, names);
        return code == 0 && settings.Now && verb is "enable" or "disable" or "mask" && code == 0 ? StartOrStop(session, verb, names) : code;
    }

    private static List<string>? Names(Settings settings, string verb, string[] typed)
    {
        var names = new List<string>();
        foreach (string text in typed)
        {
            string? name = verb == "link" ? FileName(settings, text) : UnitNames.FileName(settings, text, $"to {verb}");
            if (name is null) { return null; }
            if (verb == "disable" && name.Contains('/', StringComparison.Ordinal))
            {
                Log.Warning("Warning: Can't execute disable on the unit file path. Proceeding with the unit name.");
                name = Path.GetFileName(name);
            }
            names.Add(name);
        }
        return names;
    }

    private static string? FileName(Settings settings, string text)
    {
        if (text.StartsWith('/')) { return text; }
        if (settings.Root.Length == 0 && text.Contains('/', StringComparison.Ordinal)) { return Path.Combine(Environment.CurrentDirectory, text); }
        if (UnitNames.FileName(settings, text, "to link") is not { } unit) { return null; }
        _ = Log.Error(settings.Root.Length > 0 ? $"Non-absolute paths are not allowed when --root is used: {unit}"
            : $"Link argument must contain at least one directory separator.\nIf you intended to link a file in the current directory, try ./{unit} instead.");
        return null;
    }

    private static int Locally(Settings settings, string verb, List<string> names)
    {
        if (LocalFiles.Open(settings, out Errno error) is not { } files) { return LocalFiles.Refuse(settings, error, $"Failed to {verb}"); }
        InstallFlags flags = (settings.Runtime ? InstallFlags.Runtime : 0) | (settings.Force > 0 ? InstallFlags.Force : 0);
        InstallResult result = verb switch
        {
            "enable" => files.Enable(names, flags),
            "disable" => files.Disable(names, flags),
            "reenable" => files.Reenable(names, flags),
            "preset" => files.Preset(names, settings.PresetMode, flags),
            "mask" => files.Mask(names, flags),
            "unmask" => files.Unmask(names, flags),
            "link" => files.Link(names, flags),
            _ => files.Revert(names),
        };
        int code = InstallReport.Print(files, result, settings, verb);
        if (code == 0 && verb is "enable" or "reenable" && code == 0 && !result.CarriesInstallInfo) { InstallAdvice.Say(settings); }
        return code;
    }

    private static int OverBus(Session session, string verb, List<string> names)
    {
        Settings settings = session.Settings;
        if (session.Manager() is not { } caller) { return 1; }
        Agents.Open(settings);
        if (verb is "mask" or "unmask" && !SayAbsent(caller, names)) { return 1; }
        bool withMode = verb == "preset" && settings.PresetMode != PresetMode.Full;
        (string method, bool runtime, bool force, bool carries) = verb switch
        {
            "enable" => ("EnableUnitFiles", true, true, true),
            "disable" => ("DisableUnitFiles", true, false, false),
            "reenable" => ("ReenableUnitFiles", true, true, true),
            "preset" => (withMode ? "PresetUnitFilesWithMode" : "PresetUnitFiles", true, true, true),
            "mask" => ("MaskUnitFiles", true, true, false),
            "unmask" => ("UnmaskUnitFiles", true, false, false),
            "link" => ("LinkUnitFiles", true, true, false),
            _ => ("RevertUnitFiles", false, false, false),
        };
        string signature = $"as{(withMode ? "s" : "")}{(runtime ? "b" : "")}{(force ? "b" : "")}";
        BusReply reply = caller.Manager(method, signature, w =>
        {
            w.WriteStrings(names.ToArray());
            if (withMode) { w.WriteString(PresetAll.ModeWord(settings.PresetMode)); }
            if (runtime) { w.WriteBoolean(settings.Runtime); }
            if (force) { w.WriteBoolean(settings.Force > 0); }
        }).Expect(carries ? "ba(sss)" : "a(sss)");
        if (reply.Failed) { return Log.Error($"Failed to {verb} unit: {reply.Error}"); }
        MessageReader reader = reply.Reader;
        bool hasInstallInfo = !carries || reader.ReadBoolean();
        InstallReport.Print(ref reader, settings, verb);
        if (!settings.NoReload && DaemonReload.Reload(caller) is var code && code != 0) { return code; }
        if (!hasInstallInfo && verb != "preset") { InstallAdvice.Say(settings); }
        return 0;
    }

    // A mask of nothing is a typing error more often than not.
    private static bool SayAbsent(Caller caller, List<string> names)
    {
        foreach (string name in names)
        {
            bool isAbsent;
            if (UnitFiles.UnitName.TryParse(name, out UnitFiles.UnitName unit) && unit.IsTemplate)
            {
                isAbsent = caller.Manager("GetUnitFileState", "s", w => w.WriteString(name)).Error?.Name == BusErrors.FileNotFound;
            }
            else
            {
                isAbsent = caller.GetText(UnitPath.Of(name), Caller.UnitInterface, "LoadState", out BusError? error) == "not-found";
                if (error is not null)
                {
                    _ = Log.Error($"Failed to get properties: {error}");
                    return false;
                }
            }
            if (isAbsent) { Log.Notice($"Unit {name} does not exist, proceeding anyway."); }
        }
        return true;
    }

    private static int Reload(Session session) => session.Manager() is { } caller ? DaemonReload.Reload(caller) : 1;

    private static int StartOrStop(Session session, string verb, List<string> names)
        => StartUnits.Run(session, [verb == "enable" ? "start" : "stop", .. names.Select(n => Path.GetFileName(n)!)]);
}
