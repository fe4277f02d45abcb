using SysMaster.Core.Directives;

namespace SysMaster.Core;

/// <summary>Where standard output goes: as set, else where standard input comes from if that is something of the unit's own, else where the manager says. systemd.exec(5).</summary>
public static class StandardStreams
{
    public static ExecOutputSpec OutputOf(Manager manager, SettingsBag set) => set.IsSet(ExecDirectives.StandardOutput) ? set.Get(ExecDirectives.StandardOutput)
        : set.Get(ExecDirectives.StandardInput).From is ExecInput.Null or ExecInput.Data or ExecInput.File ? manager.DefaultOutput
        : new ExecOutputSpec(ExecOutput.Inherit);
}
