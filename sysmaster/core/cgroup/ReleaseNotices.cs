using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// The manager's end of /run/systemd/cgroups-agent, cgroup v1 only: each datagram is the path of a group of name=systemd that has become empty. Only root
/// may write to it, and what it says is a hint: the group is looked at before anything is believed.
/// </summary>
public sealed class ReleaseNotices(UnitCgroups cgroups, OwnedFd socket) : IFdObserver
{
    public const string SocketPath = "/run/systemd/cgroups-agent";
    public const uint SocketMode = 0x180;   // 0600

    private const int PerTurn = 64;

    private readonly byte[] _path = new byte[4096];

    public void OnReady(FdSource source, uint ready)
    {
        for (int i = 0; i < PerTurn; i++)
        {
            Result<ReceivedMessage> message = Sys.ReceiveMessage(socket.Fd, _path, LibC.MSG_DONTWAIT);
            if (message.Failed) { return; }
            message.Value.CloseFds();
            ReadOnlySpan<byte> path = _path.AsSpan(0, message.Value.Length);
            if (path.IsEmpty || path[0] != (byte)'/' || path.Contains((byte)0))
            {
                Log.Warning($"Received a control group notice that is no path. Ignoring.");
                continue;
            }
            cgroups.OnReleased(new ByteText(path).ToString());
        }
    }
}
