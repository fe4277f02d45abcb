using System.Globalization;
using System.Text;
using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>show, status and help: the same objects, as properties, as a page for people, or as their manual.</summary>
internal static class Show
{
    private const int UnknownStatus = 4;

    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        string verb = words[0];
        if (verb == "help" && words.Length == 1)
        {
            return Log.Error("'help' command expects one or more unit names.\n(Alternatively, help for systemctl itself may be shown with --help)");
        }
        if (session.Manager() is not { } caller) { return 1; }
        if (verb != "help") { Pager.Open(settings); }
        var view = new View(session, caller, verb);
        if (words.Length == 1) { return All(session, caller, view, verb); }
        List<string> names = [];
        int code = 0;
        foreach (string word in words[1..])
        {
            if (!uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out uint number)) { names.Add(word); continue; }
            string? path = verb == "show" ? $"/org/freedesktop/systemd1/job/{number}" : PathOfProcess(caller, number);
            if (path is null) { return 1; }
            Merge(ref code, view.One(path, null));
        }
        if (names.Count > 0)
        {
            if (UnitNames.Expand(session, caller, names) is not { } units) { return 1; }
            if (settings.WithDependencies && Dependencies.Closure(session, caller, units) is { } all) { units = all; }
            foreach (string unit in units) { Merge(ref code, view.One(UnitPath.Of(unit), unit)); }
        }
        if (verb == "status") { view.HintAtEllipsis(); }
        return code;
    }

    private static int All(Session session, Caller caller, View view, string verb)
    {
        Settings settings = session.Settings;
        if (settings.States.Count > 0 || settings.Types.Count > 0 || (verb == "status" && settings.All)) { return EveryUnit(session, caller, view); }
        return verb == "show" ? view.One(Caller.ManagerPath, null) : SystemStatus.Print(session, caller);
    }

    private static int EveryUnit(Session session, Caller caller, View view)
    {
        int code = 0;
        if (UnitList.Get(session, caller, []) is not { } units) { return 1; }
        units.Sort(UnitInfo.Compare);
        foreach (UnitInfo unit in units) { Merge(ref code, view.One(unit.Path, unit.Id)); }
        return code;
    }

    // The first that is not well decides.
    private static void Merge(ref int code, int next)
    {
        if (code == 0) { code = next; }
    }

    private static string? PathOfProcess(Caller caller, uint pid)
    {
        BusReply reply = caller.Manager("GetUnitByPID", "u", w => w.WriteUInt32(pid)).Expect("o");
        if (reply.Failed)
        {
            _ = Log.Error($"Failed to get unit for PID {pid}: {reply.Error}");
            return null;
        }
        MessageReader reader = reply.Reader;
        return Encoding.UTF8.GetString(reader.ReadObjectPath());
    }

    /// <summary>One object after the other, with a line between them.</summary>
    private sealed class View(Session session, Caller caller, string verb)
    {
        private bool _ellipsized;
        private bool _needsGap;

        public int One(string path, string? unit)
        {
            Settings settings = session.Settings;
            Log.Debug($"Showing one {path}");
            BusReply reply = caller.GetAll(path);
            if (reply.Failed) { return Log.Error($"Failed to get properties: {reply.Error}"); }
            MessageReader reader = reply.Reader;
            List<(string Name, BusValue Value)> properties = BusValue.ReadProperties(ref reader);
            if (verb != "show" && unit is not null)
            {
                var facts = new UnitFacts(properties);
                if (facts.Text("LoadState") == "not-found" && facts.Text("ActiveState") == "inactive")
                {
                    _ = verb == "status" || !settings.Quiet ? Log.Error($"Unit {unit} could not be found.") : 0;
                    return verb == "status" ? UnknownStatus : 1;
                }
            }
            if (_needsGap) { Stdio.Line(); }
            _needsGap = true;
            switch (verb)
            {
                case "show": new PropertyPrinter(settings).Print(properties); return 0;
                case "help": return UnitManual.Show(new UnitFacts(properties), settings);
                default:
                    var status = new UnitStatus(session, caller, new UnitFacts(properties));
                    status.Print();
                    _ellipsized |= status.HasEllipsis;
                    return status.ExitCode;
            }
        }

        public void HintAtEllipsis()
        {
            if (_ellipsized && !session.Settings.Quiet) { Stdio.Line("Hint: Some lines were ellipsized, use -l to show in full."); }
        }
    }
}
