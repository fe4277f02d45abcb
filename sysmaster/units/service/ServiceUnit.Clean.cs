using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Units.Service;

/// <summary>`systemctl clean`: dead → cleaning → dead.</summary>
public sealed partial class ServiceUnit
{
    protected override Errno StartCleaning(List<ByteText> paths)
    {
        if (State != ServiceState.Dead) { return Errno.EBUSY; }
        CleanResult = ServiceResult.Success;
        ForgetControl();
        Enter(ServiceState.Cleaning);
        Timer.ArmIn(Get(ExecDirectives.TimeoutCleanSec));
        Errno error = Manager.Exec.SpawnRemoval(this, Control, paths);
        if (error.Failed)
        {
            CleanResult = ServiceResult.Resources;
            EnterDead(ServiceResult.Success, allowRestart: false);
        }
        return error;
    }
}
