using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Units.Service;

/// <summary>`systemctl clean`: dead → cleaning → dead.</summary>
public sealed partial class ServiceUnit
{
    protected override Errno EnterCleaning()
    {
        if (State != ServiceState.Dead) { return Errno.EBUSY; }
        CleanResult = ServiceResult.Success;
        ForgetControl();
        Enter(ServiceState.Cleaning);
        Timer.ArmIn(Get(ExecDirectives.TimeoutCleanSec));
        return Errno.None;
    }

    protected override ProcessSlot? CleaningSlot => Control;

    protected override void OnCleaningFailed()
    {
        CleanResult = ServiceResult.Resources;
        EnterDead(ServiceResult.Success, allowRestart: false);
    }
}
