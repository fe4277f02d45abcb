using SysMaster.Linux;
using SysMaster.Spawn.Init;

namespace SysMaster.Spawn.Tests.Init;

/// <summary>Writes down what it is told.</summary>
internal sealed class Told : IInitObserver
{
    public List<string> Lines { get; } = [];

    public void OnExited(in ExitNotice exit) => Lines.Add($"exited {exit.Pid} {exit.Code} {exit.Status} {exit.Uid}");

    public void OnSignal(in ForwardedSignal signal) => Lines.Add($"signal {signal.Signal} from {signal.Pid} uid {signal.Uid} value {signal.Value}");

    public void OnExecutor(OwnedFd socket) => Take("executor", socket);

    public void OnKeptFd(ByteText name, OwnedFd fd) => Take($"kept {name}", fd);

    public void OnStarted(in StartInfo info) => Lines.Add($"started {info.Generation} {info.Failures} {info.Flags} v{info.Version}");

    public void OnStoreFailed(ByteText name, Errno error) => Lines.Add($"not stored {name}: {error.Value}");

    private void Take(string line, OwnedFd fd)
    {
        Lines.Add(line + (LibC.fcntl(fd.Value, LibC.F_GETFD, 0) == LibC.FD_CLOEXEC ? "" : " not CLOEXEC"));
        fd.Dispose();
    }
}
