using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Units.Service;

/// <summary>`systemctl clean`: dead → cleaning → dead.</summary>
public sealed partial class ServiceUnit
{
    public override CleanKinds CanClean => base.CanClean | (Get(ServiceDirectives.FileDescriptorStoreMax) > 0 ? CleanKinds.FdStore : CleanKinds.None);

    /// <summary>The descriptor store is emptied at once; directories take a process.</summary>
    protected override Errno CleanType(CleanKinds wanted)
    {
        if (!ServiceStates.IsDead(State)) { return Errno.EBUSY; }
        bool stored = (wanted & CanClean & CleanKinds.FdStore) != 0;
        if (stored)
        {
            ReleaseFdStore();
            LetGo();
        }
        Errno error = base.CleanType(wanted);
        return stored && error == Errno.EUNATCH ? Errno.None : error;
    }

    protected override Errno EnterCleaning()
    {
        if (!ServiceStates.IsDead(State)) { return Errno.EBUSY; }
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
