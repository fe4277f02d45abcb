using System.Globalization;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;

namespace SysMaster.Units.Socket;

/// <summary>The descriptors: opened, watched, handed to the service, kept by init, closed.</summary>
public sealed partial class SocketUnit : IFdObserver
{
    private bool HasOpenPorts => _ports.Exists(static p => p.IsOpen);

    public override void CollectActivationFds(List<int> fds, List<string> names)
    {
        if (!Accepts) { CollectPorts(fds, names); }
    }

    /// <summary>What is open, in the order of the file; borrowed.</summary>
    private void CollectPorts(List<int> fds, List<string> names)
    {
        foreach (SocketPort port in _ports)
        {
            if (port.Fd is not { IsValid: true } fd) { continue; }
            fds.Add(fd.Value);
            names.Add(FdName);
        }
    }

    /// <summary>All that is not open yet; on failure nothing stays half done: the unit goes down.</summary>
    private bool OpenPorts()
    {
        foreach (SocketPort port in _ports)
        {
            if (port.IsOpen) { continue; }
            Result<OwnedFd> fd = SocketOpener.Open(this, port);
            if (fd.Failed)
            {
                string address = port.Spec.Address.ToString();
                string step = port.Spec.Type switch
                {
                    SocketListenType.FIFO => $"open FIFO {address}",
                    SocketListenType.Special => $"open special file {address}",
                    SocketListenType.MessageQueue => $"open message queue {address}",
                    SocketListenType.USBFunction => $"open USB FunctionFS dir: {address}",
                    _ => $"create listening socket ({address})",
                };
                Log.Error(this, $"Failed to {step}: {fd.Error.ToString()}");
                Log.Warning(this, $"Failed to listen on sockets: {fd.Error.ToString()}");
                return false;
            }
            port.Fd = fd.Value;
            if (port.IsSocket) { SocketOptions.Apply(this, fd.Value.Fd); }
        }
        MakeSymlinks();
        KeepAll();
        return true;
    }

    /// <summary>The ends that are nodes of ours in the file system.</summary>
    private SocketPort[] Nodes => [.. _ports.FindAll(static p => p.HasPath && p.Spec.Type != SocketListenType.Special)];

    /// <summary>Symlinks= can only point to the one node there is.</summary>
    private void MakeSymlinks()
    {
        ByteText[] links = Get(SocketDirectives.Symlinks);
        if (links.Length == 0 || Nodes is not [{ } node]) { return; }
        ByteText target = node.Spec.Address;
        foreach (ByteText link in links)
        {
            SocketOpener.MakeParents(link, Get(SocketDirectives.DirectoryMode));
            Errno error = Sys.Symlink(target, link);
            if (error == Errno.EEXIST && Sys.ReadLink(link) is { Failed: false } there && there.Value == target) { continue; }
            // With RemoveOnStop= the name is ours to remove, whatever has it now.
            if (error == Errno.EEXIST && Get(SocketDirectives.RemoveOnStop) && !Sys.Unlink(link).Failed) { error = Sys.Symlink(target, link); }
            if (!error.Failed) { _ = Selinux.Restore(link); }
            else { Log.Warning(this, $"Failed to create symlink {target.ToString()} -> {link.ToString()}, ignoring: {error.ToString()}"); }
        }
    }

    private void ClosePorts()
    {
        bool remove = Get(SocketDirectives.RemoveOnStop);
        foreach (SocketPort port in _ports)
        {
            bool wasOpen = port.IsOpen;
            port.Close();
            if (!remove || !wasOpen) { continue; }
            if (port.Spec.Type == SocketListenType.MessageQueue) { _ = Sys.UnlinkQueue(port.Spec.Address); }
            else if (port.HasPath && port.Spec.Type != SocketListenType.Special) { _ = Sys.Unlink(port.Spec.Address); }
        }
        foreach (ByteText link in remove ? Get(SocketDirectives.Symlinks) : []) { _ = Sys.Unlink(link); }
        Manager.DropFds(KeyPrefix);
    }

    private string KeyPrefix => $"socket/{Id}/";

    /// <summary>init gets what it has not, and only then lets go of what is no longer listed: at no instant nobody has a port that is open.</summary>
    private void KeepAll()
    {
        for (int i = 0; i < _ports.Count; i++)
        {
            SocketPort port = _ports[i];
            if (port.Key >= 0 || port.Fd is not { IsValid: true } fd) { continue; }
            port.Key = FreeKey(i);
            Manager.KeepFd(KeyOf(port), fd.Fd);
        }
        var kept = new HashSet<string>(_ports.Count, StringComparer.Ordinal);
        foreach (SocketPort port in _ports)
        {
            if (port.Key >= 0) { kept.Add(KeyOf(port)); }
        }
        Manager.DropFds(KeyPrefix, kept);
    }

    private string KeyOf(SocketPort port) => KeyPrefix + port.Key.ToString(CultureInfo.InvariantCulture);

    /// <summary>Its place in the list where no other port has had that before it.</summary>
    private int FreeKey(int place)
    {
        for (int key = place; ; key += _ports.Count)
        {
            if (!_ports.Exists(p => p.Key == key)) { return key; }
        }
    }

    /// <summary>Before <see cref="OnRecovered"/>: a descriptor of the former manager, if the unit still lists what it is bound to.</summary>
    public override void OnKeptFd(string key, OwnedFd fd)
    {
        if (OnKeptConnection(key, fd)) { return; }
        Manager.EnsureLoaded(this);
        if (!uint.TryParse(key, out uint number) || PortOf(number, fd.Fd) is not { } port)
        {
            fd.Dispose();
            return;
        }
        port.Fd = fd;
        port.Key = (int)number;
    }

    /// <summary>The one at that place if it can be it, else the one that is bound to the same.</summary>
    private SocketPort? PortOf(uint place, Fd fd) => place < _ports.Count && _ports[(int)place] is { IsOpen: false } listed && IsOf(listed, fd)
        ? listed : _ports.Find(p => !p.IsOpen && p.IsSocket && IsOf(p, fd));

    private static bool IsOf(SocketPort port, Fd fd)
    {
        Result<byte[]> name = Sys.SocketName(fd, peer: false);
        if (!port.IsSocket) { return name.Error == Errno.ENOTSOCK; }
        if (port.Spec.Type == SocketListenType.Netlink) { return !name.Failed && name.Value[0] == LibC.AF_NETLINK; }
        return !name.Failed && name.Value.AsSpan().SequenceEqual(SocketOpener.AddressOf(port));
    }

    private void Watch()
    {
        for (int i = 0; i < _ports.Count; i++)
        {
            SocketPort port = _ports[i];
            if (port.Fd is not { IsValid: true } fd || port.Source is not null || port.PausedUntil != Usec.Zero) { continue; }
            // Regular files are always ready and epoll refuses them; nothing ever comes from them either.
            var source = new FdSource(fd.Fd, EventPriority.Activation, this) { Tag = i };
            Errno error = Manager.Loop.Add(source, LibC.EPOLLIN);
            if (error == Errno.EPERM) { continue; }
            if (error.Failed)
            {
                Log.Warning(this, $"Failed to watch listening fds: {error.ToString()}");
                EnterStopPre(SocketResult.Resources);
                return;
            }
            port.Source = source;
        }
    }

    private void StopWatching()
    {
        foreach (SocketPort port in _ports)
        {
            port.Source?.Dispose();
            port.Source = null;
            port.Polls = default;
            port.PausedUntil = Usec.Zero;
        }
    }

    /// <summary>FlushPending=: what came before the service could take it is thrown away.</summary>
    private unsafe void FlushPorts()
    {
        const int Limit = 1024;
        Span<byte> buffer = stackalloc byte[4096];
        foreach (SocketPort port in _ports)
        {
            if (port.Fd is not { IsValid: true } fd || port.Spec.Type == SocketListenType.Special) { continue; }
            // The service shares the open file and may have made it blocking: never read without having asked.
            for (int i = 0; i < Limit && Sys.WaitReadable(fd.Fd, 0); i++)
            {
                if (port.CanAccept)
                {
                    Result<OwnedFd> connection = Sys.Accept(fd.Fd);
                    if (connection.Failed) { break; }
                    connection.Value.Dispose();
                }
                else
                {
                    Result<int> n = Sys.Read(fd.Fd, buffer);
                    if (n.Failed || n.Value == 0) { break; }
                }
            }
        }
    }

    /// <summary>Nothing was kept for a state that has descriptors: they are made anew.</summary>
    private void Reopen()
    {
        if (!OpenPorts()) { EnterStopPre(SocketResult.Resources); }
    }

    protected override void OnRemoved()
    {
        StopWatching();
        ClosePorts();
        base.OnRemoved();
    }
}
