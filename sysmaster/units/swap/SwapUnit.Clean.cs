using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Units.Swap;

/// <summary>`systemctl clean`: dead → cleaning → dead.</summary>
public sealed partial class SwapUnit
{
    protected override Errno EnterCleaning()
    {
        if (State != SwapState.Dead) { return Errno.EBUSY; }
        CleanResult = ControlResult.Success;
        ForgetControl();
        Enter(SwapState.Cleaning);
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
