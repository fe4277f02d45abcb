using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>Limit*=: before PAM, whose pam_limits has the last word; those that would starve this very process at the end.</summary>
internal static unsafe class Limits
{
    public static void Apply(Setup s, bool late)
    {
        foreach (ExecLimit limit in s.Request.Limits)
        {
            if (late != (limit.Resource is LibC.RLIMIT_AS or LibC.RLIMIT_DATA)) { continue; }
            Errno error = Set(limit);
            if (error.Failed) { Report.Fail(ExecStatus.Limits, error, "Failed to adjust resource limit"u8, Identity.Number((ulong)limit.Resource)); }
        }
    }

    /// <summary>Without the right to raise the ceiling: as close as it goes.</summary>
    private static Errno Set(ExecLimit limit)
    {
        var value = new rlimit64 { rlim_cur = limit.Soft, rlim_max = limit.Hard };
        if (LibC.prlimit64(0, limit.Resource, &value, null) == 0) { return Errno.None; }
        Errno error = Errno.Last;
        if (error != Errno.EPERM) { return error; }
        rlimit64 have;
        if (LibC.prlimit64(0, limit.Resource, null, &have) < 0) { return Errno.Last; }
        value.rlim_max = Math.Min(limit.Hard, have.rlim_max);
        value.rlim_cur = Math.Min(limit.Soft, value.rlim_max);
        return LibC.prlimit64(0, limit.Resource, &value, null) < 0 ? Errno.Last : Errno.None;
    }
}
