using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// What the processes of one activation share, and with them those of units that join it (JoinsNamespaceOf=): private /tmp, network, IPC. It bears the name of
/// the unit that began it and lives while one of them is up, the first one or not.
/// A namespace is made by the first process that needs it, and put as a descriptor into a socket pair that all later ones look into; init keeps both ends, so
/// that a process started after a crash of the manager finds the same namespace.
/// </summary>
public sealed class SharedRuntime(Manager manager, string owner)
{
    /// <summary>First part of the names under which init keeps the ends.</summary>
    internal const string KeyPrefix = "ns";

    /// <summary>The unit that began it.</summary>
    public string Owner { get; } = owner;

    /// <summary>PrivateTmp=: the directories that stand for /tmp and /var/tmp; empty: not made.</summary>
    public ByteText Tmp { get; internal set; }

    public ByteText VarTmp { get; internal set; }

    /// <summary>Units that are in it.</summary>
    internal int Holders { get; set; }

    private readonly Dictionary<string, OwnedFd?[]> _boxes = new(StringComparer.Ordinal);

    /// <summary>Both ends of the pair for "net" or "ipc", made if need be; null where that failed.</summary>
    internal (int Look, int Put)? BoxOf(string kind)
    {
        if (_boxes.TryGetValue(kind, out OwnedFd?[]? box) && box is [{ } look, { } put]) { return (look.Value, put.Value); }
        Result<(OwnedFd A, OwnedFd B)> pair = Sys.SocketPair(LibC.SOCK_DGRAM);
        if (pair.Failed) { return null; }
        Close(kind);
        _boxes[kind] = [pair.Value.A, pair.Value.B];
        manager.KeepFd(Key(kind, 0), pair.Value.A.Fd);
        manager.KeepFd(Key(kind, 1), pair.Value.B.Fd);
        return (pair.Value.A.Value, pair.Value.B.Value);
    }

    /// <summary>An end that init kept comes back.</summary>
    /// <param name="rest">"net0", "ipc1".</param>
    /// <param name="fd">The end; taken if it is one of ours.</param>
    internal bool Take(string rest, OwnedFd fd)
    {
        if (rest.Length != 4 || rest[3] is not ('0' or '1') || rest[..3] is not ("net" or "ipc")) { return false; }
        if (!_boxes.TryGetValue(rest[..3], out OwnedFd?[]? box)) { _boxes[rest[..3]] = box = new OwnedFd?[2]; }
        box[rest[3] - '0'] = fd;
        return true;
    }

    /// <summary>The last unit is down: the namespaces go with their last process.</summary>
    internal void Close()
    {
        foreach (string kind in new List<string>(_boxes.Keys)) { Close(kind); }
    }

    private void Close(string kind)
    {
        if (!_boxes.Remove(kind, out OwnedFd?[]? box)) { return; }
        for (int i = 0; i < box.Length; i++)
        {
            if (box[i] is null) { continue; }
            box[i]!.Dispose();
            manager.DropFd(Key(kind, i));
        }
    }

    private string Key(string kind, int end) => $"{KeyPrefix}/{Owner}/{kind}{end}";
}
