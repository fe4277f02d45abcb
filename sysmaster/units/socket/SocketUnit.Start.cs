using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Units.Socket;

/// <summary>The way up: start-pre, start-chown (open), start-post, listening.</summary>
public sealed partial class SocketUnit
{
    /// <summary>Close what the former state had open; before anything else.</summary>
    private const uint CloseEffect = 1;

    /// <summary>Carry out what the state is for.</summary>
    private const uint EffectOfState = 2;

    /// <summary>init keeps no second hold on connections that are accounted for.</summary>
    private const uint ForgetAcceptedEffect = 4;

    /// <summary>The nodes are there: SocketUser= and SocketGroup= get them, once the state is told.</summary>
    private const uint OwnEffect = 8;

    protected override void RunEffect(uint bit)
    {
        if (bit == OwnEffect)
        {
            if (State == SocketState.StartChown) { ResolveOwner(); }
            return;
        }
        if (bit == ForgetAcceptedEffect)
        {
            ForgetAccepted();
            return;
        }
        if (bit == CloseEffect)
        {
            ClosePorts();
            return;
        }
        switch (State)
        {
            case SocketState.StartPre or SocketState.StartPost or SocketState.StopPre or SocketState.StopPost: SpawnControl(); break;
            case SocketState.StartChown: OpenAndOwn(); break;
            case SocketState.Listening: Listen(); break;
            case SocketState.StopPreSigterm or SocketState.StopPreSigkill or SocketState.FinalSigterm or SocketState.FinalSigkill: Kill(); break;
        }
    }

    protected override JobStep TestStartLimit()
    {
        if (IsWithinStartLimit()) { return JobStep.Started; }
        EnterDead(SocketResult.StartLimitHit);
        return JobStep.StartLimitHit;
    }

    protected override JobStep StartType()
    {
        if (SocketStates.IsStopping(State) || State == SocketState.Cleaning) { return JobStep.Again; }
        if (State is SocketState.StartPre or SocketState.StartChown or SocketState.StartPost) { return JobStep.UnderWay; }
        if (Service is { } service)
        {
            if (!service.IsLoaded)
            {
                Log.Error(this, $"Socket service {service.Id} not loaded, refusing.");
                return JobStep.Failed;
            }
            // It would hold none of our sockets, and nobody would serve them.
            if (!service.ActiveState.IsInactiveOrFailed() && !service.WillRestart)
            {
                Log.Error(this, $"Socket service {service.Id} already active, refusing.");
                return JobStep.Failed;
            }
        }
        InvocationId = InvocationId.New();
        Result = SocketResult.Success;
        _runs = null;
        Manager.Cgroups.OnActivation(this);
        if (!EnterControl(SocketState.StartPre, SocketCommand.StartPre)) { EnterStartChown(); }
        return JobStep.Started;
    }

    /// <returns>False if there is no command for it.</returns>
    private bool EnterControl(SocketState state, SocketCommand command)
    {
        ForgetControl();
        if (Commands(command).Length == 0) { return false; }
        _controlCommand = command;
        _controlIndex = 0;
        ArmTimer();
        EnterAndAct(state);
        return true;
    }

    private void EnterStartChown()
    {
        ArmTimer();
        EnterAndAct(SocketState.StartChown, passing: true);
    }

    private void OpenAndOwn()
    {
        _ = Manager.Cgroups.Realize(this);
        if (!OpenPorts())
        {
            EnterStopPre(SocketResult.Resources);
            return;
        }
        ByteText user = Get(SocketDirectives.SocketUser), group = Get(SocketDirectives.SocketGroup);
        if (user.IsEmpty && group.IsEmpty)
        {
            EnterStartPost();
            return;
        }
        Stay();
        QueueEffect(OwnEffect);
    }

    private void ResolveOwner()
    {
        _owner ??= new SocketOwner(Manager, OnOwnerKnown);
        _owner.Resolve(Get(SocketDirectives.SocketUser), Get(SocketDirectives.SocketGroup));
    }

    private SocketOwner? _owner;

    private void OnOwnerKnown(bool found, uint uid, uint gid)
    {
        if (State != SocketState.StartChown) { return; }
        if (!found)
        {
            Log.Error(this, $"Failed to resolve user or group {Get(SocketDirectives.SocketUser).ToString()}:{Get(SocketDirectives.SocketGroup).ToString()}.");
            EnterStopPre(SocketResult.ExitCode);
            return;
        }
        foreach (SocketPort port in _ports)
        {
            if (!port.HasPath || port.Spec.Type == SocketListenType.Special) { continue; }
            Errno error = Sys.Chown(port.Spec.Address, uid, gid);
            if (!error.Failed) { continue; }
            Log.Error(this, $"Failed to chown {port.Spec.Address.ToString()}: {error.ToString()}");
            EnterStopPre(SocketResult.ExitCode);
            return;
        }
        EnterStartPost();
    }

    private void EnterStartPost()
    {
        if (!EnterControl(SocketState.StartPost, SocketCommand.StartPost)) { EnterListening(flush: true); }
    }

    private void EnterListening(bool flush)
    {
        _flush = flush && !Accepts && Get(SocketDirectives.FlushPending);
        EnterAndAct(SocketState.Listening);
    }

    private bool _flush;

    private void Listen()
    {
        if (_flush) { FlushPorts(); }
        _flush = false;
        Watch();
    }
}
