using SysMaster.Core;
using SysMaster.Linux;

namespace SysMaster.Units.Timer;

/// <summary>`systemctl clean --what=state`: the stamp of Persistent= goes.</summary>
public sealed partial class TimerUnit
{
    public override CleanKinds CanClean => Get(TimerDirectives.Persistent) ? CleanKinds.State : CleanKinds.None;

    protected override bool IsCleanable => true;

    protected override Errno CleanType(CleanKinds wanted)
    {
        if ((wanted & CanClean & CleanKinds.State) == 0) { return Errno.EUNATCH; }
        LastTrigger = default;
        MarkDirty();
        Errno error = Sys.Unlink(StampPath);
        return error == Errno.ENOENT ? Errno.None : error;
    }
}
