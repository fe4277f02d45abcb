using System.Text;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Install;

namespace SysMaster.Systemctl;

/// <summary>get-default, set-default.</summary>
internal static class DefaultTarget
{
    public static int Get(Session session, string[] words)
    {
        Settings settings = session.Settings;
        string target;
        if (LocalFiles.IsLocal(settings))
        {
            if (LocalFiles.Open(settings, out Errno error) is not { } files) { return Log.Error("Failed to get default target", error); }
            Result<UnitName> found = files.GetDefaultTarget();
            LocalFiles.TellProblems(files);
            if (found.Failed) { return Log.Error("Failed to get default target", found.Error); }
            target = found.Value.Text;
        }
        else
        {
            if (session.Manager() is not { } caller) { return 1; }
            BusReply reply = caller.Manager("GetDefaultTarget").Expect("s");
            if (reply.Failed) { return Log.Error($"Failed to get default target: {reply.Error}"); }
            MessageReader reader = reply.Reader;
            target = reader.ReadText();
        }
        Stdio.Line(target);
        WarnAboutCommandLine(settings, target);
        return 0;
    }

    public static int Set(Session session, string[] words)
    {
        Settings settings = session.Settings;
        if (UnitNames.Mangle(words[1], settings.Quiet, UnitKind.Target, operation: "set-default") is not { } target) { return 1; }
        if (LocalFiles.IsLocal(settings))
        {
            if (LocalFiles.Open(settings, out Errno error) is not { } files) { return LocalFiles.Refuse(settings, error, "Failed to set default"); }
            return InstallReport.Print(files, files.SetDefaultTarget(target, InstallFlags.Force), settings, "set default");
        }
        if (session.Manager() is not { } caller) { return 1; }
        Agents.Open(settings);
        BusReply reply = caller.Manager("SetDefaultTarget", "sb", w => { w.WriteString(target); w.WriteBoolean(true); }).Expect("a(sss)");
        if (reply.Failed) { return Log.Error($"Failed to set default target: {reply.Error}"); }
        MessageReader reader = reply.Reader;
        InstallReport.Print(ref reader, settings, "set default");
        int code = settings.NoReload ? 0 : DaemonReload.Reload(caller);
        if (code == 0 && caller.Manager("GetDefaultTarget").Expect("s") is { Failed: true } unknown) { return Log.Error($"Failed to get default target: {unknown.Error}"); }
        if (code == 0) { WarnAboutCommandLine(settings, target); }
        return code;
    }

    /// <summary>"systemd.unit=" and a runlevel on the kernel's command line win over the file; nobody should have to wonder.</summary>
    private static void WarnAboutCommandLine(Settings settings, string target)
    {
        if (settings.IsOffline || settings.IsUser || settings.Quiet || settings.Transport != Transport.Local) { return; }
        Result<byte[]> file = Sys.ReadFile(new ByteText("/proc/cmdline"));
        if (file.Failed) { return; }
        foreach (string word in Encoding.UTF8.GetString(file.Value).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!word.StartsWith("systemd.unit=", StringComparison.Ordinal)) { continue; }
            string other = word["systemd.unit=".Length..].Trim('"');
            if (other == target) { continue; }
            Log.Notice($"Note: found \"{other}\" on the kernel commandline, which overrides the default unit.");
        }
    }
}
