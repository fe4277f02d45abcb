namespace SysMaster.UnitFiles.Tests.Install;

/// <summary>
/// A tree of a few unit files, drop-ins, links and presets made by chance, and some commands on it. What the real systemctl gets wrong only below --root= is left
/// out: reenable, linking what is on the search path, links to empty files.
/// </summary>
internal sealed class InstallRandom(int seed)
{
    private static readonly string[] s_names =
        ["a.service", "b.service", "c@.service", "c@x.service", "d.socket", "e.target", "f.timer", "g-h.service", "i@.socket", "j.mount", "k@.service", "l.path", "m@.service", "m@y.service",
         "multi-user.target", "default.target"];

    private static readonly string[] s_places = ["E/", "V/", "R/", "usr/local/lib/systemd/system/", "V/", "E/"];
    private static readonly string[] s_aliases =
        ["al.service", "al@.service", "al@x.service", "bad.socket", "al.target", "%n", "al-%i.service", "%p-al.service", "nonsense", "al.wants", "a/b.service", "al2.service al3.service",
         "al@%i.service", "", "runlevel5.target"];

    private static readonly string[] s_owners =
        ["multi-user.target", "multi-user.target e.target", "x@.target", "x@%i.target", "e.target", "nonsense", "%i.target", "c@.service", "c@x.service", "", "a/b.target", "%p.target", "%j.target", "%z.target"];

    private readonly Random _random = new(seed);

    public InstallCase Make()
    {
        var made = new InstallCase();
        AddFiles(made);
        for (int i = _random.Next(3); i > 0; i--) { made.Add(DependencyLink()); }
        if (_random.Next(2) == 0) { made.Add($"{One("etc", "usr/lib")}/systemd/system-preset/{One("10", "50", "90")}-x.preset = {Preset()}"); }
        for (int i = _random.Next(1, 5); i > 0; i--) { made.Commands.Add(Command()); }
        return made;
    }

    private void AddFiles(InstallCase made)
    {
        foreach (string name in _random.GetItems(s_names, _random.Next(3, 8)).Distinct())
        {
            string place = One(s_places);
            made.Add(place + name + _random.Next(100) switch
            {
                < 80 => $" = {File()}",
                < 86 => " -> /dev/null",
                < 90 => " -> nowhere.service",
                < 95 => $" -> {One("", "/usr/lib/systemd/system/", "../system/")}{One(s_names)}",
                _ => $" -> /opt/{name}",
            });
            made.Add($"opt/{name} = {File()}");
            if (_random.Next(7) == 0) { made.Add($"{One(s_places)}{name}.d/10-x.conf = {Install()}"); }
        }
    }

    private string DependencyLink()
    {
        string name = One(s_names), owner = One("multi-user.target", "e.target", "a.service", "c@x.service", "gone.target");
        return $"{One(s_places)}{owner}{One(".wants", ".requires")}/{name} -> {One("../", "/usr/lib/systemd/system/", "/nowhere/", "/opt/")}{name}";
    }

    private string File() => "[Unit]\\n" + (_random.Next(6) == 0 ? "" : Install());

    private string Install()
    {
        string text = "[Install]\\n";
        for (int i = _random.Next(4); i > 0; i--)
        {
            text += _random.Next(6) switch
            {
                0 => $"Also={One(s_names)}",
                1 => $"DefaultInstance={One("x", "y", "%i", "a b", "", "x@y")}",
                2 or 3 => $"Alias={One(s_aliases)}",
                _ => $"{One("WantedBy", "RequiredBy")}={One(s_owners)}",
            } + "\\n";
        }
        return text;
    }

    private string Preset()
    {
        string text = "";
        for (int i = _random.Next(1, 5); i > 0; i--) { text += $"{One("enable", "disable", "foo")} {One([.. s_names, "*", "*.service", "[ab].service", "k@.service a"])}\\n"; }
        return text;
    }

    private string[] Command()
    {
        string[] units = [.. _random.GetItems([.. s_names, "al.service", "nope.service", "gone@x.service", "k@x.service"], _random.Next(1, 4)).Distinct()];
        string verb = One("enable", "enable", "enable", "disable", "disable", "mask", "unmask", "preset", "link", "revert", "add-wants", "set-default");
        string[] words = verb switch
        {
            "link" => [.. units.Select(u => "/opt/" + u)],
            "add-wants" => [One("multi-user.target", "e.target", "x.target", "c@.service"), .. units],
            "set-default" => [One("multi-user.target", "e.target", "a.service")],
            _ => units,
        };
        bool takesRuntime = verb is not ("revert" or "set-default"), takesForce = verb is "enable" or "link" or "mask" or "preset" or "add-wants";
        string[] options = [.. takesRuntime && _random.Next(6) == 0 ? ["--runtime"] : Array.Empty<string>(), .. takesForce && _random.Next(4) == 0 ? ["--force"] : Array.Empty<string>()];
        return [verb, .. options, .. words];
    }

    private string One(params string[] of) => of[_random.Next(of.Length)];
}
