using System.Globalization;
using System.Text;
using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.DBus.Systemd1;

/// <summary>
/// Connections that outlive the manager: the descriptor is with init, the rest is a record in the savepoint. A turn goes
/// <code>
///   look at input (MSG_PEEK) ─▶ dispatch ─▶ commit: units, jobs, and of each connection what it took and what it is owed
///        ─▶ send what is owed ─▶ mark it as sent in the ledger ─▶ take the input from the socket, its first byte landing in the ledger
/// </code>
/// Whoever dies before the commit has read nothing. After it, the successor takes what was not taken (the landing byte says), sends what
/// was not marked as sent, with the serials it had, and goes on. A turn that changed nothing needs no record: its input is answered again.
/// See docs/decisions/0006.
/// </summary>
internal sealed class KeptConnections : IFlushObserver, IAuthSender, IDisposable
{
    /// <summary>The message bus; direct connections have the numbers above.</summary>
    public const int Bus = 0;

    private const int Inline = 16 << 10;
    private const int SlimFrom = 512;   // records whose output has left are written anew without it
    private const int SpillMax = 8 << 20;
    private const uint SerialBlock = 4096;
    private const int SendBuffer = 8 << 20;   // the kernel doubles it

    private readonly BusFront _front;
    private readonly Manager _manager;
    private readonly Ledger _ledger;
    private readonly List<KeptConnection?> _all = [null];
    private int _lastNumber;
    private readonly Dictionary<int, SavedConnection> _saved = [];
    private readonly List<int> _gone = [];
    private readonly List<KeptConnection> _slim = [];
    private readonly MarkedSender _sender;

    public KeptConnections(BusFront front, Ledger ledger)
    {
        _front = front;
        _manager = front.Manager;
        _ledger = ledger;
        _sender = new MarkedSender(ledger);
    }

    public static string NameOf(int number) => number == Bus ? "bus" : string.Create(CultureInfo.InvariantCulture, $"client/{number}");

    /// <summary>The kept connection behind one; null when it is not kept.</summary>
    public KeptConnection? Of(BusConnection connection) => connection.Id > 0 ? _all[(int)connection.Id - 1] : null;

    /// <summary>By its number; null when it is gone.</summary>
    public BusConnection? At(int number) => number >= 0 && number < _all.Count ? _all[number]?.Connection : null;

    /// <summary>
    /// A number for a client that is about to be accepted; 0 when all are taken. In turn, so that one is not used again before init has
    /// read that its descriptor is dropped.
    /// </summary>
    public int NextNumber()
    {
        for (int tries = 1; tries < Ledger.Cells; tries++)
        {
            _lastNumber = _lastNumber % (Ledger.Cells - 1) + 1;
            if (_lastNumber >= _all.Count || _all[_lastNumber] is null) { return _lastNumber; }
        }
        return 0;
    }

    /// <summary>From here on the connection is kept; its descriptor is with init already.</summary>
    public void Add(int number, BusConnection connection)
    {
        _ledger.ClearCell(number);
        _ = Hold(number, connection);
    }

    private KeptConnection Hold(int number, BusConnection connection)
    {
        while (_all.Count <= number) { _all.Add(null); }
        var kept = new KeptConnection(number, connection);
        _all[number] = kept;
        connection.Id = number + 1;
        connection.IsKept = true;
        WidenSendBuffer(connection.Fd);
        return kept;
    }

    /// <summary>It is over: init's copy goes with the next commit's record, and the peer must see the end now.</summary>
    public void Remove(BusConnection connection)
    {
        if (Of(connection) is not { } kept) { return; }
        _ = LibC.shutdown(connection.Fd.Value, LibC.SHUT_RDWR);
        Drop(kept.Number);
        if (kept.Input is not null) { _manager.DropFd(NameOf(kept.Number) + "/input"); }
        if (kept.Output is not null) { _manager.DropFd(NameOf(kept.Number) + "/output"); }
        DropInputFds(kept);
        if (kept.IsRecorded) { _gone.Add(kept.Number); }
        kept.Dispose();
        _all[kept.Number] = null;
        _slim.Remove(kept);
        connection.Id = 0;
    }

    private void Drop(int number) => _manager.DropFd(NameOf(number));

    // ---- writing

    /// <summary>Called for each commit: what was dispatched and what is owed belongs to the same batch as what it changed.</summary>
    public void Stage(SavepointLog log)
    {
        foreach (int number in _gone)
        {
            if (_all[number] is null) { log.StageRemoval(RecordKinds.Connection, Key(number)); }
        }
        _gone.Clear();
        bool changed = log.HasStaged;
        int room = 512 << 10;
        foreach (BusConnection connection in _front.Queue.Pending)
        {
            if (connection.IsClosed || Of(connection) is not { } kept) { continue; }
            if (changed || !IsStillTrue(kept)) { StageOne(log, kept, ref room); }
        }
        if (!log.HasStaged) { return; }
        foreach (KeptConnection kept in _slim)
        {
            if (!kept.IsStaged) { StageOne(log, kept, ref room); }
        }
        _slim.Clear();
    }

    /// <summary>Whether the last record, with the ledger, still says enough.</summary>
    private static bool IsStillTrue(KeptConnection kept)
    {
        BusConnection c = kept.Connection;
        return kept.IsRecorded && kept.WasRunning && c.IsRunning && c.UnreadInput.IsEmpty && kept.InputLength == 0 && c.NextSerial < kept.SerialLimit
            && (!kept.IsStaged || kept.OutputLength == c.OutputPending);
    }

    private void StageOne(SavepointLog log, KeptConnection kept, ref int room)
    {
        BusConnection c = kept.Connection;
        kept.Sequence++;
        // Not the landing byte of the record before, which is the truth until this one is committed.
        if (c.UntakenInput > 0) { _ledger.Landing(kept.Number, kept.Sequence) = (byte)~c.UntakenFirst; }
        if (c.NextSerial + (SerialBlock / 4) >= kept.SerialLimit) { kept.SerialLimit = c.NextSerial + SerialBlock; }
        using RecordWriter to = log.Stage(RecordKinds.Connection, Key(kept.Number));
        if (c.IsRunning) { to.Write(SavedConnection.Tag.Running, true); }
        if (c.FdsAgreed) { to.Write(SavedConnection.Tag.FdsAgreed, true); }
        to.Write(SavedConnection.Tag.SerialLimit, kept.SerialLimit);
        to.Write(SavedConnection.Tag.Sequence, kept.Sequence);
        if (c.UntakenInput > 0)
        {
            to.Write(SavedConnection.Tag.Untaken, (uint)c.UntakenInput);
            to.Write(SavedConnection.Tag.UntakenFirst, (uint)c.UntakenFirst);
        }
        if (c.UniqueName.Length > 0) { to.Write(SavedConnection.Tag.UniqueName, c.UniqueName); }
        if (!c.AuthSeen.IsEmpty) { to.Write(SavedConnection.Tag.AuthSeen, c.AuthSeen); }
        if (!c.UnsentAuth.IsEmpty) { to.Write(SavedConnection.Tag.AuthOutput, c.UnsentAuth); }
        kept.AuthLength = c.UnsentAuth.Length;
        bool held = WriteInput(to, kept) & WriteOutput(to, kept, ref room);
        if (!held) { to.Write(SavedConnection.Tag.Lost, true); }
        if (kept.Number == Bus)
        {
            foreach (string name in _front.AskedNames) { to.Write(SavedConnection.Tag.AskedName, name); }
        }
        kept.IsRecorded = kept.IsStaged = true;
        kept.WasRunning = c.IsRunning;
    }

    private bool WriteInput(RecordWriter to, KeptConnection kept)
    {
        ReadOnlySpan<byte> input = kept.Connection.UnreadInput;
        kept.InputLength = input.Length;
        if (input.Length <= Inline)
        {
            if (!input.IsEmpty) { to.Write(SavedConnection.Tag.Input, input); }
            kept.InputSpilled = 0;
        }
        else
        {
            kept.Input ??= Spill.Make(_manager, NameOf(kept.Number) + "/input");
            if (kept.Input is null || !kept.Input.Write(kept.InputSpilled, input[kept.InputSpilled..])) { return false; }
            kept.InputSpilled = input.Length;
            to.Write(SavedConnection.Tag.InputSpilled, (uint)input.Length);
        }
        KeepInputFds(kept);
        if (kept.InputFds.Length > 0)
        {
            to.Write(SavedConnection.Tag.InputFds, (uint)kept.InputFds.Length);
            to.Write(SavedConnection.Tag.FirstInputFd, (uint)kept.FirstFd);
        }
        return true;
    }

    private bool WriteOutput(RecordWriter to, KeptConnection kept, ref int room)
    {
        BusConnection c = kept.Connection;
        ReadOnlySpan<byte> output = c.UnsentOutput;
        kept.OutputLength = output.Length;
        if (output.IsEmpty) { return true; }
        if (c.HasOutgoingFds || output.Length > SpillMax) { return false; }
        if (c.PartialOutput > 0) { to.Write(SavedConnection.Tag.Partial, (uint)c.PartialOutput); }
        if (output.Length <= Inline && output.Length <= room)
        {
            room -= output.Length;
            to.Write(SavedConnection.Tag.Output, output);
            return true;
        }
        kept.Output ??= Spill.Make(_manager, NameOf(kept.Number) + "/output");
        if (kept.Output is null || !kept.Output.Write(c.OutputOffset, output)) { return false; }
        to.Write(SavedConnection.Tag.OutputSpilledAt, (ulong)c.OutputOffset);
        to.Write(SavedConnection.Tag.OutputSpilled, (uint)output.Length);
        return true;
    }

    private void KeepInputFds(KeptConnection kept)
    {
        IReadOnlyList<OwnedFd> fds = kept.InputLength > 0 ? kept.Connection.InputFds : [];
        if (kept.InputFds.AsSpan().SequenceEqual([.. fds])) { return; }
        DropInputFds(kept);
        kept.InputFds = [.. fds];
        for (int i = 0; i < fds.Count; i++) { _manager.KeepFd(InputFdName(kept.Number, kept.FirstFd + i), fds[i].Fd); }
    }

    private void DropInputFds(KeptConnection kept)
    {
        for (int i = 0; i < kept.InputFds.Length; i++) { _manager.DropFd(InputFdName(kept.Number, kept.FirstFd + i)); }
        kept.FirstFd += kept.InputFds.Length;
        kept.InputFds = [];
    }

    private static string InputFdName(int number, int i) => string.Create(CultureInfo.InvariantCulture, $"{NameOf(number)}/fd{i}");

    Result<int> IAuthSender.SendAuth(BusConnection connection, ReadOnlySpan<byte> bytes) =>
        Of(connection) is { IsRecorded: true } kept && kept.AuthLength == bytes.Length
            ? _sender.Send(connection.Fd, bytes, kept.Number, kept.Sequence) : Sys.SendMessage(connection.Fd, bytes);

    /// <summary>The turn's messages are with the kernel, or as many as it takes: the ledger is told, and the input is taken.</summary>
    void IFlushObserver.OnFlushed(BusConnection connection)
    {
        if (Of(connection) is not { } kept) { return; }
        _ledger.Half(kept.Number) = (byte)(connection.PartialOutput > 0 ? 1 : 0);
        if (connection.OutputPending == 0 && connection.UnsentAuth.IsEmpty)
        {
            _ledger.Sent(kept.Number) = kept.Sequence;
            if (kept.OutputLength > Inline) { kept.Output?.Empty(); }
            if (kept.IsStaged && kept.OutputLength > SlimFrom) { _slim.Add(kept); }
        }
        // Without a record of this turn the landing byte of the last one must stay what it is.
        connection.TakeInput(ref _ledger.Landing(kept.Number, kept.IsStaged ? kept.Sequence : kept.Sequence + 1));
        kept.IsStaged = false;
    }

    // ---- reading

    public void OnRecord(ReadOnlySpan<byte> key, RecordReader fields)
    {
        if (int.TryParse(Encoding.ASCII.GetString(key), CultureInfo.InvariantCulture, out int number) && number is >= 0 and < Ledger.Cells)
        {
            _saved[number] = SavedConnection.Read(fields);
        }
    }

    /// <summary>All records are read: what init has kept is taken up again.</summary>
    /// <param name="kept">Ours are taken out of it.</param>
    public void Restore(Dictionary<string, OwnedFd> kept)
    {
        foreach (string name in new List<string>(kept.Keys))
        {
            if (NumberOf(name) is not { } number || !kept.Remove(name, out OwnedFd? socket)) { continue; }
            _manager.OwnKept(name);
            if (_saved.Remove(number, out SavedConnection? saved) && Restore(number, socket, saved, kept)) { continue; }
            if (saved is null && number != Bus) { _front.Admit(socket, number); continue; }
            _gone.Add(number);
            while (_all.Count <= number) { _all.Add(null); }
            HangUp(number, socket);
        }
        foreach (int number in _saved.Keys)   // its descriptor went before its record could
        {
            while (_all.Count <= number) { _all.Add(null); }
            _gone.Add(number);
        }
        _saved.Clear();
        DropFiles(kept);
    }

    /// <summary>The records are lost: where in its stream a peer is nobody knows. It sees the end, and may come again.</summary>
    /// <param name="kept">Ours are taken out of it.</param>
    public void HangUp(Dictionary<string, OwnedFd> kept)
    {
        foreach (string name in new List<string>(kept.Keys))
        {
            if (NumberOf(name) is not { } number || !kept.Remove(name, out OwnedFd? socket)) { continue; }
            _manager.OwnKept(name);
            HangUp(number, socket);
        }
        DropFiles(kept);
    }

    private void HangUp(int number, OwnedFd socket)
    {
        _ = LibC.shutdown(socket.Value, LibC.SHUT_RDWR);
        socket.Dispose();
        Drop(number);
        _manager.DropFds(NameOf(number) + "/");
    }

    /// <summary>What lies with init for connections, and no connection claims.</summary>
    private void DropFiles(Dictionary<string, OwnedFd> kept)
    {
        foreach (string name in new List<string>(kept.Keys))
        {
            if (!name.StartsWith("client/", StringComparison.Ordinal) && !name.StartsWith("bus/", StringComparison.Ordinal)) { continue; }
            _manager.OwnKept(name);
            _manager.DropFd(name);
            if (kept.Remove(name, out OwnedFd? fd)) { fd.Dispose(); }
        }
    }

    private static int? NumberOf(string name)
    {
        if (name == "bus") { return Bus; }
        const string prefix = "client/";
        return name.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and < Ledger.Cells
            ? number : null;
    }

    private bool Restore(int number, OwnedFd socket, SavedConnection saved, Dictionary<string, OwnedFd> files)
    {
        bool owes = _ledger.Sent(number) != saved.Sequence;
        if (_ledger.Half(number) != 0 || (saved.Lost && owes)) { return false; }
        Spill? inputFile = TakeSpill(NameOf(number) + "/input", files), outputFile = TakeSpill(NameOf(number) + "/output", files);
        byte[]? input = saved.InputSpilled > 0 ? inputFile?.Read(0, saved.InputSpilled) : saved.Input;
        byte[]? output = !owes ? [] : saved.OutputSpilled > 0 ? outputFile?.Read(saved.OutputSpilledAt, saved.OutputSpilled) : saved.Output;
        var fds = new List<OwnedFd>();
        for (int i = 0; i < saved.InputFds; i++)
        {
            string name = InputFdName(number, saved.FirstInputFd + i);
            if (!files.Remove(name, out OwnedFd? fd)) { continue; }
            fds.Add(fd);
            _manager.OwnKept(name);
        }
        if (input is null || output is null || fds.Count < saved.InputFds)
        {
            inputFile?.Dispose();
            outputFile?.Dispose();
            foreach (OwnedFd fd in fds) { fd.Dispose(); }
            return false;
        }
        ref byte landing = ref _ledger.Landing(number, saved.Sequence);
        if (saved.Untaken > 0 && landing != saved.UntakenFirst) { _ = BusConnection.Discard(socket.Fd, saved.Untaken, ref landing); }
        byte[] auth = owes ? saved.AuthOutput[Math.Min(_ledger.Transferred(number, saved.Sequence), saved.AuthOutput.Length)..] : [];
        var snapshot = new ConnectionSnapshot(number == Bus ? BusRole.Bus : BusRole.Server, saved.SerialLimit)
        {
            FdsAgreed = saved.FdsAgreed,
            SenderName = number == Bus ? "" : Paths.Name,
            UniqueName = saved.UniqueName,
            IsAuthenticating = !saved.Running,
            AuthSeen = saved.AuthSeen,
            AuthOutput = auth,
            Input = input,
            InputFds = fds,
            Output = output,
            PartialOutput = owes ? saved.Partial : 0,
        };
        BusConnection connection = BusConnection.Restore(socket, snapshot, _front, _front.Queue);
        KeptConnection kept = Hold(number, connection);
        kept.Sequence = saved.Sequence;
        kept.IsRecorded = true;
        kept.AuthLength = saved.AuthOutput.Length;
        kept.Input = inputFile;
        kept.Output = outputFile;
        (kept.InputFds, kept.FirstFd) = ([.. fds], saved.FirstInputFd);
        _front.TakeUp(connection, saved.AskedNames);
        return true;
    }

    private Spill? TakeSpill(string name, Dictionary<string, OwnedFd> files)
    {
        if (!files.Remove(name, out OwnedFd? file)) { return null; }
        _manager.OwnKept(name);
        return new Spill(file);
    }

    private static ReadOnlySpan<byte> Key(int number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Wide enough that the kernel takes what a turn says to a client that reads late: then it cannot be lost with us.</summary>
    private static void WidenSendBuffer(Fd socket)
    {
        if (Sys.SetSocketOption(socket, LibC.SOL_SOCKET, LibC.SO_SNDBUFFORCE, SendBuffer).Failed)
        {
            _ = Sys.SetSocketOption(socket, LibC.SOL_SOCKET, LibC.SO_SNDBUF, SendBuffer);
        }
    }

    public void Dispose()
    {
        foreach (KeptConnection? kept in _all) { kept?.Dispose(); }
        _sender.Dispose();
    }
}
