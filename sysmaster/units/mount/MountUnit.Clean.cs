using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Units.Mount;

/// <summary>`systemctl clean`: dead → cleaning → dead.</summary>
public sealed partial class MountUnit
{
    protected override Errno StartCleaning(List<ByteText> paths)
    {
        if (State != MountState.Dead) { return Errno.EBUSY; }
        CleanResult = ControlResult.Success;
        ForgetControl();
        Enter(MountState.Cleaning);
        _timer.ArmIn(Get(ExecDirectives.TimeoutCleanSec));
        Errno error = Manager.Exec.SpawnRemoval(this, Control, paths);
        if (error.Failed)
        {
            CleanResult = ControlResult.Resources;
            EnterDead(ControlResult.Success);
        }
        return error;
    }
}
