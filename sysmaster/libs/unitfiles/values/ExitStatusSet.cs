namespace SysMaster.UnitFiles;

/// <summary>SuccessExitStatus= and its kin: exit statuses and signals, by name or number. A bare number is a status; "SIGKILL" and "KILL" are signals.</summary>
public sealed class ExitStatusSet : IEquatable<ExitStatusSet>
{
    private readonly ulong[] _statuses = new ulong[4];
    private ulong _signals;

    public bool IsEmpty => _signals == 0 && (_statuses[0] | _statuses[1] | _statuses[2] | _statuses[3]) == 0;

    public bool HasStatus(int status) => status is >= 0 and <= 255 && (_statuses[status >> 6] & (1UL << (status & 63))) != 0;

    public bool HasSignal(int signal) => signal is > 0 and <= 64 && (_signals & (1UL << (signal - 1))) != 0;

    public void AddStatus(int status) => _statuses[status >> 6] |= 1UL << (status & 63);

    public void AddSignal(int signal) => _signals |= 1UL << (signal - 1);

    /// <summary>Adds what one word names.</summary>
    /// <returns>False for a word that is neither; nothing is added then.</returns>
    public bool TryAdd(ReadOnlySpan<byte> word)
    {
        if (ExitStatusText.TryParse(word, out int status))
        {
            AddStatus(status);
            return true;
        }
        if (!SignalText.TryParse(word, out int signal)) { return false; }
        AddSignal(signal);
        return true;
    }

    public IEnumerable<int> Statuses()
    {
        for (int i = 0; i <= 255; i++)
        {
            if (HasStatus(i)) { yield return i; }
        }
    }

    public IEnumerable<int> Signals()
    {
        for (int i = 1; i <= 64; i++)
        {
            if (HasSignal(i)) { yield return i; }
        }
    }

    /// <summary>"1 7 SIGKILL", as <c>systemctl show</c> prints; statuses first.</summary>
    public void AppendTo(ref ByteBuilder output)
    {
        bool any = false;
        foreach (int status in Statuses())
        {
            if (any) { output.Append((byte)' '); }
            output.AppendDecimal((ulong)status);
            any = true;
        }
        foreach (int signal in Signals())
        {
            if (any) { output.Append((byte)' '); }
            output.AppendAscii(SignalText.FullName(signal));
            any = true;
        }
    }

    public bool Equals(ExitStatusSet? other) => other is not null && _signals == other._signals && _statuses.AsSpan().SequenceEqual(other._statuses);

    public override bool Equals(object? obj) => Equals(obj as ExitStatusSet);

    public override int GetHashCode() => HashCode.Combine(_signals, _statuses[0], _statuses[1], _statuses[2], _statuses[3]);
}
