using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>systemd/units/invocation:UNIT below the runtime directory, a link whose target is the invocation id: journald and others read it.</summary>
internal static class RuntimeLinks
{
    public static void Write(Manager manager, Unit unit)
    {
        if (unit.InvocationId.IsNull || unit.LinkedInvocation == unit.InvocationId) { return; }
        ByteText path = PathOf(unit, ""), temporary = PathOf(unit, ".#");
        _ = Sys.Unlink(temporary);
        if (!Sys.Symlink(new ByteText(unit.InvocationId.ToString()), temporary).Failed && !Sys.Rename(temporary, path).Failed)
        {
            unit.LinkedInvocation = unit.InvocationId;
        }
    }

    public static void Remove(Manager manager, Unit unit)
    {
        if (unit.LinkedInvocation.IsNull) { return; }
        _ = Sys.Unlink(PathOf(unit, ""));
        unit.LinkedInvocation = default;
    }

    private static ByteText PathOf(Unit unit, string before) => new($"{unit.Manager.Options.RuntimeDirectory}/systemd/units/{before}invocation:{unit.Id}");
}
