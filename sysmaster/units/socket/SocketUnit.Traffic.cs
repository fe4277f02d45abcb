using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Events;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.Units.Service;

namespace SysMaster.Units.Socket;

/// <summary>Something comes in: the service is started, or an instance for the connection.</summary>
public sealed partial class SocketUnit
{
    /// <summary>Instances that run, and the source each is counted by.</summary>
    private readonly Dictionary<Unit, string> _connections = [];
    private RateLimit _triggerLimit;

    void IFdObserver.OnReady(FdSource source, uint ready)
    {
        if (State != SocketState.Listening) { return; }
        SocketPort port = _ports[source.Tag];
        if (ready != LibC.EPOLLIN)
        {
            if ((ready & LibC.EPOLLHUP) != 0)
            {
                Log.Error(this, $"Got POLLHUP on a listening socket. The service probably invoked shutdown() on it, and should better not do that.");
            }
            else { Log.Error(this, $"Got unexpected poll event (0x{ready}) on socket."); }
            EnterStopPre(SocketResult.Resources);
            return;
        }
        if (!TestPollLimit(port)) { return; }
        if (Accepts && port.CanAccept) { Accept(port); }
        else { OnTraffic(); }
    }

    private void OnTraffic()
    {
        if (IsStopPending)
        {
            Log.Debug(this, $"Suppressing connection request since unit stop is scheduled.");
            FlushPorts();
            return;
        }
        if (!TestTriggerLimit())
        {
            RefusedCount++;
            return;
        }
        if (Service is not { } service)
        {
            EnterStopPre(SocketResult.Resources);
            return;
        }
        if (!IsUpOrComing(service))
        {
            BusError? error = AddStartJob(service);
            if (error is not null)
            {
                Log.Warning(this, $"Failed to queue service startup job (Maybe the service file is missing or not a non-template unit?): {error.Message}");
                EnterStopPre(SocketResult.Resources);
                return;
            }
        }
        Enter(SocketState.Running);
    }

    private void Accept(SocketPort port)
    {
        Result<OwnedFd> accepted = TakeConnection(port);
        if (accepted.Failed)
        {
            if (IsPassing(accepted.Error)) { return; }
            Log.Error(this, $"Failed to accept incoming connection: {accepted.Error.ToString()}");
            EnterStopPre(SocketResult.Resources);
            return;
        }
        Admit(accepted.Value);
        _handled++;
        MarkDirty();
    }

    private void Admit(OwnedFd connection)
    {
        SocketOptions.Apply(this, connection.Fd);
        if (IsStopPending)
        {
            Log.Debug(this, $"Suppressing connection request since unit stop is scheduled.");
            Refuse(connection);
        }
        else if (!TestTriggerLimit()) { Refuse(connection); }
        else { Serve(connection); }
    }

    private void Serve(OwnedFd connection)
    {
        if (ConnectionCount >= Get(SocketDirectives.MaxConnections))
        {
            Log.Warning(this, $"Too many incoming connections ({ConnectionCount}), dropping connection.");
            Refuse(connection);
            return;
        }
        Result<SocketPeer> peer = SocketPeer.Of(AcceptedCount, connection.Fd);
        if (peer.Failed && peer.Error != Errno.ENOTCONN)
        {
            // ENOBUFS passes: one more time before the client loses its connection.
            Log.Warning(this, $"Failed to name the connection, trying again: {peer.Error.ToString()}");
            peer = SocketPeer.Of(AcceptedCount, connection.Fd);
        }
        if (peer.Failed)
        {
            // ENOTCONN: the client went before it was served.
            if (peer.Error != Errno.ENOTCONN) { Log.Warning(this, $"Failed to name the connection: {peer.Error.ToString()}"); }
            Refuse(connection);
            return;
        }
        if (IsSourceAtLimit(peer.Value.Source, out uint count))
        {
            Log.Warning(this, $"Too many incoming connections ({count}) from source {peer.Value.Source}, dropping connection.");
            Refuse(connection);
            return;
        }
        UnitName name = UnitName.Parse($"{Id.Prefix}@{peer.Value.Instance}.service");
        Unit? instance = name.IsValid ? Manager.Load(name) : null;
        if (instance is not ServiceUnit { IsLoaded: true } service)
        {
            connection.Dispose();
            Log.Warning(this, $"Failed to queue service startup job (Maybe the service file is missing or not a template unit?): {instance?.LoadError?.Message ?? "invalid name"}");
            EnterStopPre(SocketResult.Resources);
            return;
        }
        AcceptedCount++;
        _connections[service] = peer.Value.Source ?? "";
        service.SetConnection(connection, peer.Value.Text, peer.Value.Address, peer.Value.Port);
        AddInstanceEdge(service);
        BusError? error = AddStartJob(service);
        if (error is not null)
        {
            _connections.Remove(service);
            service.DropConnection();
            Log.Warning(this, $"Failed to queue service startup job: {error.Message}");
            EnterStopPre(SocketResult.Resources);
            return;
        }
        MarkDirty();
        MarkChanged();
    }

    private void Refuse(OwnedFd connection)
    {
        RefusedCount++;
        connection.Dispose();
        MarkDirty();
        MarkChanged();
    }

    private BusError? AddStartJob(Unit service)
    {
        string? before = Manager.CurrentActor;
        Manager.CurrentActor = $"unit {Id}";
        BusError? error = Manager.AddJob(JobType.Start, service, JobMode.Replace, out _);
        Manager.CurrentActor = before;
        return error;
    }

    private bool IsStopPending => Job is { Type: JobType.Stop };

    private bool TestTriggerLimit()
    {
        if (_triggerLimit.Test(Manager.Loop.Now, Get(SocketDirectives.TriggerLimitIntervalSec), TriggerLimitBurst)) { return true; }
        Log.Warning(this, $"Trigger limit hit, refusing further activation.");
        EnterStopPre(SocketResult.TriggerLimitHit);
        return false;
    }

    /// <param name="source">Of the connection that wants in.</param>
    /// <param name="count">How many it has, this one with them.</param>
    private bool IsSourceAtLimit(string? source, out uint count)
    {
        uint limit = Get(SocketDirectives.MaxConnectionsPerSource);
        count = 1;
        if (limit == 0 || source is null) { return false; }
        foreach (string other in _connections.Values) { count += other == source ? 1u : 0; }
        return count > limit;
    }

    private static bool IsUpOrComing(Unit service) => service.ActiveState.IsActiveOrActivating()
        || service.Job is { Type: JobType.Start or JobType.Restart or JobType.TryRestart or JobType.ReloadOrStart };

    /// <summary>accept(2), "Error handling": the network's errors are the connection's, not ours.</summary>
    private static bool IsPassing(Errno error) => error == Errno.EAGAIN || error == Errno.ENETDOWN || error == Errno.EPROTO || error == Errno.EOPNOTSUPP
        || error == Errno.ETIMEDOUT || error.Value is 92 or 101 or 103 or 112 or 113 or 64;   // ENOPROTOOPT ENETUNREACH ECONNABORTED EHOSTDOWN EHOSTUNREACH ENONET

    protected override void OnTriggeredUnitChanged(Unit triggered)
    {
        if (Accepts)
        {
            OnInstanceChanged(triggered);
            return;
        }
        if (State is not (SocketState.Running or SocketState.Listening) || !ReferenceEquals(triggered, Service)) { return; }
        if ((triggered.Flags & UnitFlags.StartLimitHit) != 0)
        {
            EnterStopPre(SocketResult.ServiceStartLimitHit);
            return;
        }
        // Its job tells us again when it is done.
        if (triggered.Job is not null) { return; }
        bool gone = triggered.ActiveState.IsInactiveOrFailed() || triggered is ServiceUnit { State: ServiceState.FinalSigterm or ServiceState.FinalSigkill or ServiceState.AutoRestart or ServiceState.AutoRestartQueued };
        if (gone && State == SocketState.Running) { EnterListening(flush: true); }
        else if (State == SocketState.Listening && triggered is ServiceUnit { State: ServiceState.Running }) { Enter(SocketState.Running); }
    }

    private void OnInstanceChanged(Unit instance)
    {
        if (instance.Job is not null || instance.WillRestart || !instance.ActiveState.IsInactiveOrFailed() || !_connections.Remove(instance)) { return; }
        (instance as ServiceUnit)?.DropConnection();
        MarkDirty();
        MarkChanged();
    }
}
