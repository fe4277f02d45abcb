using SysMaster.Linux;
using SysMaster.Spawn.Init;

namespace SysMaster.Spawn.Tests.Init;

/// <summary>Hears everything and keeps nothing.</summary>
internal sealed class Silent : IInitObserver
{
    public static readonly byte[] Room = new byte[256];

    public void OnExited(in ExitNotice exit) { }

    public void OnSignal(in ForwardedSignal signal) { }

    public void OnExecutor(OwnedFd socket) => socket.Dispose();

    public void OnKeptFd(ByteText name, OwnedFd fd) => fd.Dispose();

    public void OnStarted(in StartInfo info) { }

    public void OnStoreFailed(ByteText name, Errno error) { }
}
