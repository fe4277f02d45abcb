using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Units.Service;

/// <summary>`systemctl clean`: dead → cleaning → dead.</summary>
public sealed partial class ServiceUnit
{
    /// <summary>With FileDescriptorStorePreserve=yes alone is there something to clean once it is down; systemd 254 and later say "fdstore" wherever there may be a store.</summary>
    public override CleanKinds CanClean => base.CanClean | (KeepsFdStore(comesBack: false) ? CleanKinds.FdStore : CleanKinds.None);

    /// <summary>The descriptor store is emptied at once; directories take a process.</summary>
    protected override Errno CleanType(CleanKinds wanted)
    {
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
