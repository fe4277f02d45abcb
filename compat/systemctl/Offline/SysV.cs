using SysMaster.Linux;
using SysMaster.UnitFiles.Install;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Systemctl;

/// <summary>Services with a System V init script: the distribution's tool keeps its links, with the unit's beside them or in its place.</summary>
internal static class SysV
{
    private const string Tool = "/usr/lib/systemd/systemd-sysv-install";

    /// <param name="Failed">The tool did.</param>
    /// <param name="Enabled">is-enabled: some script was.</param>
    internal readonly record struct Outcome(bool Failed, bool Enabled);

    /// <summary>Takes those that have a script and no unit out of <paramref name="names"/>.</summary>
    public static Outcome Handle(Settings settings, string verb, List<string> names)
    {
        if (settings.Scope != SearchScope.System || verb is not ("enable" or "disable" or "is-enabled"))
        {
            return default;
        }
        bool enabled = false;
        UnitFileInstaller? units = LocalFiles.Open(settings, out _);
        foreach (string name in names.ToArray())
        {
            if (!name.EndsWith(".service", StringComparison.Ordinal) || name.Contains('/', StringComparison.Ordinal)) { continue; }
            InstallChange failure = default;
            bool isNative = units is not null && units.Exists(name, out failure);
            if (failure.IsFailure)
            {
                LocalFiles.TellProblems(units!);
                return new Outcome(Log.Error("Failed to look up unit file state", failure.AsErrno) == 1, enabled);
            }
            string script = name[..^".service".Length];
            if (!Sys.Exists(new ByteText($"{settings.Root}/etc/init.d/{script}"))) { continue; }
            if (isNative && verb == "is-enabled") { continue; }
            if (!Run(settings, verb, name, script, isNative, ref enabled)) { return new Outcome(true, enabled); }
            if (!isNative) { names.Remove(name); }
        }
        return new Outcome(false, enabled);
    }

    private static bool Run(Settings settings, string verb, string name, string script, bool isNative, ref bool enabled)
    {
        List<string> words = [Tool, verb, script];
        if (settings.Root.Length > 0) { words.Insert(1, $"--root={settings.Root}"); }
        if (!settings.Quiet)
        {
            Log.Info(isNative ? $"Synchronizing state of {name} with SysV service script with {Tool}."
                : $"{name} is not a native service, redirecting to systemd-sysv-install.");
            Log.Info($"Executing: {string.Join(' ', words)}");
        }
        Stdio.Flush();
        Result<ChildProcess> child = ChildProcess.Start([.. words]);
        if (child.Failed) { return Log.Error($"Failed to execute {Tool}", child.Error) == 0; }
        int code = child.Value.Wait();
        if (verb != "is-enabled") { return code == 0; }
        enabled |= code == 0;
        if (!settings.Quiet) { Stdio.Line(code == 0 ? "enabled" : "disabled"); }
        return true;
    }
}
