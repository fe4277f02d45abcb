using System.Text;
using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Systemctl;

/// <summary>edit: a drop-in, or with --full the whole file, in the user's editor; then the manager reads it.</summary>
internal static class Edit
{
    private const string Begin = "### Anything between here and the comment below will become the new contents of the file";
    private const string End = "### Lines below this comment will be discarded";

    private sealed record Work(string Unit, string Target, string Original, string Temporary);

    public static int Run(Session session, string[] words)
    {
        Settings settings = session.Settings;
        if (!settings.Stdin && !Tty.IsInput) { return Log.Error("Cannot edit units if not on a tty."); }
        if (settings.Transport != Transport.Local) { return Log.Error("Cannot edit units remotely."); }
        if (session.Manager() is not { } caller) { return 1; }
        if (UnitNames.Expand(session, caller, words[1..]) is not { } names) { return 1; }
        if (names.Count == 0) { return Log.Error("No units matched the specified patterns."); }
        if (LocalFiles.Paths(settings, out Errno error) is not { } paths) { return Log.Error("Failed to determine unit paths", error); }
        var works = new List<Work>();
        try
        {
            foreach (string name in names)
            {
                if (Prepare(caller, settings, name, paths) is not { } work) { return 1; }
                works.Add(work);
            }
            int code = settings.Stdin ? TakeStdin(works) : RunEditor(works);
            return code != 0 ? code : Install(works, caller, settings);
        }
        finally
        {
            foreach (Work work in works)
            {
                _ = Sys.Unlink(new ByteText(work.Temporary));
                // Made for it, and nothing has come of it: it goes only while it is empty.
                if (!settings.Full) { _ = Sys.Unlink(new ByteText(Path.GetDirectoryName(work.Target)!), LibC.AT_REMOVEDIR); }
            }
        }
    }

    private static Work? Prepare(Caller caller, Settings settings, string unit, SearchPaths paths)
    {
        string path = UnitPath.Of(unit);
        string load = caller.GetText(path, Caller.UnitInterface, "LoadState", out _) ?? "";
        if (load == "masked") { return Fail($"Cannot edit {unit}: unit is masked."); }
        string fragment = caller.GetText(path, Caller.UnitInterface, "FragmentPath", out _) ?? "";
        if (fragment.Length == 0 && load == "not-found")
        {
            if (settings.Force == 0)
            {
                _ = Log.Error($"No files found for {unit}.");
                string scope = settings.Scope == SearchScope.Global ? " --global" : settings.UserWord;
                return Fail($"Run 'systemctl edit{scope} --force --full {unit}' to create a new unit.");
            }
        }
        string directory = (settings.Runtime ? paths.RuntimeConfig : paths.PersistentConfig).ToString();
        string target = settings.Full ? $"{directory}/{unit}" : $"{directory}/{unit}.d/{settings.DropIn}";
        string standing = $"{paths.PersistentConfig}{target[directory.Length..]}";
        if (settings.Runtime && Sys.Exists(new ByteText(standing)))
        {
            return Fail($"Refusing to create \"{target}\" because it would be overridden by \"{standing}\" anyway.");
        }
        string text = settings.Full ? ReadOr(target, fragment) : Template(target, fragment, caller, path);
        string temporary = $"{Path.GetDirectoryName(target)}/.#{Path.GetFileName(target)}{Random.Shared.NextInt64():x16}";
        _ = Sys.MkdirAll(new ByteText(Path.GetDirectoryName(target)!), 0x1ED);
        Errno error = Sys.WriteFile(new ByteText(temporary), Encoding.UTF8.GetBytes(text), LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL);
        return error.Failed ? Fail($"Failed to create temporary file \"{temporary}\": {error}") : new Work(unit, target, text, temporary);
    }

    private static Work? Fail(string text)
    {
        _ = Log.Error(text);
        return null;
    }

    private static string Read(string file) => Sys.ReadFile(new ByteText(file)) is { Failed: false } text ? Encoding.UTF8.GetString(text.Value) : "";

    private static string ReadOr(string file, string otherwise) => Sys.Exists(new ByteText(file)) || otherwise.Length == 0 ? Read(file) : Read(otherwise);

    // The unit as it is, in comments, below the place for what is to be changed.
    private static string Template(string target, string fragment, Caller caller, string path)
    {
        var text = new StringBuilder($"### Editing {target}\n{Begin}\n\n{Read(target).TrimEnd('\n')}\n\n{End}\n");
        string[] dropIns = caller.GetValue(path, Caller.UnitInterface, "DropInPaths", out _) is object[] items ? [.. items.Cast<string>()] : [];
        foreach (string file in (string[])[.. fragment.Length > 0 ? [fragment] : Array.Empty<string>(), .. dropIns])
        {
            if (file == target) { continue; }
            text.Append($"\n### {file}\n");
            foreach (string line in Read(file).TrimEnd('\n').Split('\n')) { text.Append($"# {line}\n"); }
        }
        return text.ToString().TrimEnd('\n');
    }

    private static int TakeStdin(List<Work> works)
    {
        Result<byte[]> text = Sys.ReadToEnd(new Fd(0));
        if (text.Failed) { return Log.Error("Failed to read from stdin", text.Error); }
        foreach (Work work in works)
        {
            Errno error = Sys.WriteFile(new ByteText(work.Temporary), text.Value, LibC.O_WRONLY | LibC.O_TRUNC);
            if (error.Failed) { return Log.Error($"Failed to write \"{work.Temporary}\"", error); }
        }
        return 0;
    }

    private static int RunEditor(List<Work> works)
    {
        string[] files = [.. works.Select(w => w.Temporary)];
        foreach (string variable in (string[])["SYSTEMD_EDITOR", "EDITOR", "VISUAL"])
        {
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } editor)
            {
                string[] words = [.. editor.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. files];
                if (ChildProcess.Find(words[0]) is not null) { return Start(words); }
                break;   // what cannot be found is replaced by what there is
            }
        }
        foreach (string editor in (string[])["editor", "nano", "vim", "vi"])
        {
            if (ChildProcess.Find(editor) is not null) { return Start([editor, .. files]); }
        }
        return Log.Error("Cannot edit units, no editor available. Please set either $SYSTEMD_EDITOR, $EDITOR or $VISUAL.");
    }

    private static int Start(string[] words)
    {
        Stdio.Flush();
        Result<ChildProcess> editor = ChildProcess.Start(words);
        if (editor.Failed) { return Log.Error($"Failed to execute {words[0]}", editor.Error); }
        int code = editor.Value.Wait();
        return code == 0 ? 0 : Log.Error($"(editor) failed with exit status {code}.");
    }

    private static int Install(List<Work> works, Caller caller, Settings settings)
    {
        foreach (Work work in works)
        {
            string text = Read(work.Temporary);
            int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
            if (begin >= 0 && end > begin) { text = text[(begin + Begin.Length)..end]; }
            text = text.Trim();
            if (text.Length == 0)
            {
                Log.Warning($"Editing \"{work.Target}\" canceled: temporary file is empty.");
                continue;
            }
            Errno error = Sys.WriteFile(new ByteText(work.Temporary), Encoding.UTF8.GetBytes(text + "\n"), LibC.O_WRONLY | LibC.O_TRUNC);
            if (!error.Failed) { error = Sys.Rename(new ByteText(work.Temporary), new ByteText(work.Target)); }
            if (error.Failed) { return Log.Error($"Failed to rename \"{work.Temporary}\" to \"{work.Target}\"", error); }
        }
        return settings.NoReload || settings.Scope == SearchScope.Global ? 0 : DaemonReload.Reload(caller);
    }
}
