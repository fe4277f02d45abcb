using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Units.Socket;

/// <summary>`systemctl clean`: dead → cleaning → dead.</summary>
public sealed partial class SocketUnit
{
    protected override Errno EnterCleaning()
    {
        if (State != SocketState.Dead) { return Errno.EBUSY; }
        ForgetControl();
        Enter(SocketState.Cleaning);
        _timer ??= new Deadline(Manager.Monotonic, this);
        _timer.ArmIn(Get(ExecDirectives.TimeoutCleanSec));
        return Errno.None;
    }

    protected override ProcessSlot? CleaningSlot => Control;

    protected override void OnCleaningFailed()
    {
        EnterDead(SocketResult.Success);
    }
}
