using System.Globalization;
using SysMaster.Linux;
using SysMaster.Spawn.Init;

namespace SysMaster.Units.Socket;

/// <summary>
/// A connection is never lost between accept(2) and the record that speaks of it: init accepts it and keeps it in the same step, under the number
/// of connections handled before it. A manager that finds one with its own number has not handled it yet.
/// </summary>
public sealed partial class SocketUnit
{
    private const string AcceptedKey = "accepted-";

    private readonly List<OwnedFd> _unhandled = [];
    private uint _handled;

    private string AcceptedPrefix => $"accept/{Id}/{AcceptedKey}";

    private string AcceptedName(uint number) => AcceptedPrefix + number.ToString(CultureInfo.InvariantCulture);

    private Result<OwnedFd> TakeConnection(SocketPort port)
    {
        string listener = KeyOf(port), name = AcceptedName(_handled);
        if (Manager.Init is not { } init || name.Length > InitProtocol.MaxName || !Manager.IsKept(listener)) { return Sys.Accept(port.Fd!.Fd); }
        Result<OwnedFd> accepted = init.Accept(listener, name);
        if (accepted.Error == Errno.ENOSYS || accepted.Error == Errno.ENOENT) { return Sys.Accept(port.Fd!.Fd); }   // an init of before, a listener that it could not keep
        if (accepted.Failed) { return accepted; }
        Manager.OwnKept(name);
        QueueEffect(ForgetAcceptedEffect);
        return accepted;
    }

    /// <summary>The record counts them: their services have them, or they were refused.</summary>
    private void ForgetAccepted() => Manager.DropFds(AcceptedPrefix);

    /// <summary>One that init has accepted for an earlier manager.</summary>
    /// <returns>False: it is no such.</returns>
    private bool OnKeptConnection(string key, OwnedFd fd)
    {
        if (!key.StartsWith(AcceptedKey, StringComparison.Ordinal)) { return false; }
        QueueEffect(ForgetAcceptedEffect);
        if (key == AcceptedKey + _handled.ToString(CultureInfo.InvariantCulture)) { _unhandled.Add(fd); }
        else { fd.Dispose(); }
        return true;
    }

    private void ServeUnhandled()
    {
        foreach (OwnedFd connection in _unhandled)
        {
            if (State == SocketState.Listening) { Admit(connection); }
            else { Refuse(connection); }
            _handled++;
        }
        if (_unhandled.Count > 0) { MarkDirty(); }
        _unhandled.Clear();
    }
}
