using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Units.Mount;

/// <summary>`systemctl clean`: dead → cleaning → dead.</summary>
public sealed partial class MountUnit
{
    protected override Errno EnterCleaning()
    {
        if (State != MountState.Dead) { return Errno.EBUSY; }
        CleanResult = ControlResult.Success;
        ForgetControl();
        Enter(MountState.Cleaning);
        _timer.ArmIn(Get(ExecDirectives.TimeoutCleanSec));
        return Errno.None;
    }

    protected override ProcessSlot? CleaningSlot => Control;

    protected override void OnCleaningFailed()
    {
        CleanResult = ControlResult.Resources;
        EnterDead(ControlResult.Success);
    }
}
