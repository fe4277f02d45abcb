using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Install;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Systemctl;

/// <summary>add-wants, add-requires: TARGET UNIT…</summary>
internal static class AddDependency
{
    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        if (UnitNames.Mangle(words[1], settings.Quiet, UnitKind.Target, operation: "as target") is not { } target) { return 1; }
        var names = new List<string>();
        foreach (string word in words[2..])
        {
            if (UnitNames.FileName(settings, word, "as dependency") is not { } name) { return 1; }
            names.Add(name);
        }
        bool wants = words[0] == "add-wants";
        if (LocalFiles.IsLocal(settings))
        {
            if (LocalFiles.Open(settings, out Errno error) is not { } files) { return LocalFiles.Refuse(settings, error, "Failed to add dependency on"); }
            InstallFlags flags = (settings.Runtime ? InstallFlags.Runtime : 0) | (settings.Force > 0 ? InstallFlags.Force : 0);
            InstallResult result = files.AddDependency(names, target, wants ? DependencyLinkKind.Wants : DependencyLinkKind.Requires, flags);
            return InstallReport.Print(files, result, settings, "add dependency on");
        }
        if (session.Manager() is not { } caller) { return 1; }
        Agents.Open(settings);
        BusReply reply = caller.Manager("AddDependencyUnitFiles", "asssbb", w =>
        {
            w.WriteStrings(names.ToArray());
            w.WriteString(target);
            w.WriteString(wants ? "Wants" : "Requires");
            w.WriteBoolean(settings.Runtime);
            w.WriteBoolean(settings.Force > 0);
        }).Expect("a(sss)");
        if (reply.Failed) { return Log.Error($"Failed to add dependency: {reply.Error}"); }
        MessageReader reader = reply.Reader;
        InstallReport.Print(ref reader, settings, "add dependency on");
        return settings.NoReload ? 0 : DaemonReload.Reload(caller);
    }
}
