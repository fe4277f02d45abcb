using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Units.Socket;

/// <summary>`systemctl clean`: dead → cleaning → dead.</summary>
public sealed partial class SocketUnit
{
    protected override Errno StartCleaning(List<ByteText> paths)
    {
        if (State != SocketState.Dead) { return Errno.EBUSY; }
        ForgetControl();
        Enter(SocketState.Cleaning);
        _timer ??= new Deadline(Manager.Monotonic, this);
        _timer.ArmIn(Get(ExecDirectives.TimeoutCleanSec));
        Errno error = Manager.Exec.SpawnRemoval(this, Control, paths);
        if (error.Failed) { EnterDead(SocketResult.Success); }
        return error;
    }
}
