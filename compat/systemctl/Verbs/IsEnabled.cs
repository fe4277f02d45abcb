using System.Text;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles.Install;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Systemctl;

/// <summary>is-enabled: the state of unit files, and an exit code whether any of them is started by something.</summary>
internal static class IsEnabled
{
    private static readonly HashSet<string> s_good = ["enabled", "enabled-runtime", "static", "alias", "indirect", "generated"];

    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        var names = new List<string>();
        foreach (string word in words[1..])
        {
            if (UnitNames.FileName(settings, word, "to check") is not { } name) { return 1; }
            names.Add(name);
        }
        SysV.Outcome sysv = SysV.Handle(settings, words[0], names);
        if (sysv.Failed) { return 1; }
        bool isGood = sysv.Enabled;
        Func<string, (string? State, IEnumerable<string> Links)>? ask = LocalFiles.IsLocal(settings) ? Local(settings, names[0]) : OverBus(session);
        if (ask is null) { return 1; }
        foreach (string name in names)
        {
            (string? state, IEnumerable<string> links) = ask(name);
            if (state is null) { return 1; }
            isGood |= s_good.Contains(state);
            if (settings.Quiet) { continue; }
            Stdio.Line(state);
            foreach (string link in links) { Stdio.Line($"  {link}"); }
        }
        return isGood ? 0 : 1;
    }

    private static Func<string, (string?, IEnumerable<string>)>? Local(Settings settings, string first)
    {
        if (LocalFiles.Open(settings, out Errno error) is not { } files)
        {
            _ = settings.Scope == SearchScope.User ? Log.Error($"Failed to get unit file state for {first}", error) : LocalFiles.Refuse(settings, error, "");
            return null;
        }
        return name =>
        {
            UnitFileState? state = files.GetState(name, out InstallChange failure);
            LocalFiles.TellProblems(files);
            if (state is null)
            {
                _ = Log.Error($"Failed to get unit file state for {name}", failure.AsErrno);
                return (null, []);
            }
            return (state.Value.Word(), settings.Full ? files.GetLinks(name, settings.Runtime ? InstallFlags.Runtime : 0).Value.Select(l => l.ToString()) : []);
        };
    }

    private static Func<string, (string?, IEnumerable<string>)>? OverBus(Session session)
    {
        if (session.Manager() is not { } caller) { return null; }
        return name =>
        {
            BusReply reply = caller.Manager("GetUnitFileState", "s", w => w.WriteString(name)).Expect("s");
            if (reply.Failed)
            {
                _ = Log.Error($"Failed to get unit file state for {name}: {reply.Error}");
                return (null, []);
            }
            MessageReader reader = reply.Reader;
            string state = reader.ReadText();
            return (state, session.Settings.Full ? Links(caller, name, session.Settings.Runtime) : []);
        };
    }

    private static string[] Links(Caller caller, string name, bool runtime)
    {
        BusReply reply = caller.Manager("GetUnitFileLinks", "sb", w => { w.WriteString(name); w.WriteBoolean(runtime); }).Expect("as");
        if (reply.Failed)
        {
            _ = Log.Error($"Failed to get unit file links for {name}: {reply.Error}");
            return [];
        }
        MessageReader reader = reply.Reader;
        return reader.ReadTexts();
    }
}
