using System.Text;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>cat: the files of a unit, one behind the other.</summary>
internal static class Cat
{
    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        if (settings.Transport != Transport.Local) { return Log.Error("Cannot remotely cat units."); }
        // What is idle has files too.
        if (settings.States.Count == 0) { settings.All = true; }
        if (session.Manager() is not { } caller) { return 1; }
        if (UnitNames.Expand(session, caller, words[1..]) is not { } names) { return 1; }
        if (settings.WithDependencies && Dependencies.Closure(session, caller, names) is { } all) { names = all; }
        Pager.Open(settings);
        bool isFirst = true;
        foreach (string name in names)
        {
            UnitFilePaths? paths = UnitFilePaths.Find(caller, settings, name, out int failed);
            if (failed != 0) { return failed; }
            if (paths!.Note.Length > 0) { Stdio.Line(paths.Note); continue; }
            if (!isFirst) { Stdio.Line(); }
            isFirst = false;
            if (ReloadWarning.IsNeeded(caller, name)) { Warn(name, settings); }
            if (Print(paths.All) is var code && code != 0) { return code; }
        }
        return 0;
    }

    private static int Print(IEnumerable<string> files)
    {
        bool isFirst = true;
        foreach (string file in files)
        {
            if (!isFirst) { Stdio.Line(); }
            isFirst = false;
            Stdio.Line($"{Colors.HighlightBlue}# {Link.ToFile(file)}{Colors.Normal}");
            Result<byte[]> text = Sys.ReadFile(new ByteText(file));
            if (text.Failed) { return Log.Error($"Failed to cat {file}", text.Error); }
            Stdio.Write(text.Value);
            if (text.Value.Length > 0 && text.Value[^1] != '\n') { Stdio.Line(); }
        }
        return 0;
    }

    private static void Warn(string name, Settings settings)
    {
        string on = Colors.HighlightRed;
        string text = $"{on}# Warning: {name} changed on disk, the version systemd has loaded is outdated.\n"
            + $"{on}# This output shows the current version of the unit's original fragment and drop-in files.\n"
            + $"{on}# If fragments or drop-ins were added or removed, they are not properly reflected in this output.\n"
            + $"{on}# Run 'systemctl{settings.UserWord} daemon-reload' to reload units.{Colors.Normal}\n";
        if (Tty.IsOutput) { Stdio.Flush(); }
        _ = Sys.WriteAll(new Fd(2), Encoding.UTF8.GetBytes(text));
    }
}
