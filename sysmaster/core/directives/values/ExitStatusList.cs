namespace SysMaster.Core.Directives;

/// <summary>Exit codes and signals by which a process may end (SuccessExitStatus= and its like). Immutable.</summary>
public sealed class ExitStatusList : IEquatable<ExitStatusList>
{
    public static readonly ExitStatusList Empty = new([], []);

    private readonly byte[] _codes;     // sorted
    private readonly byte[] _signals;   // sorted

    public bool IsEmpty => _codes.Length + _signals.Length == 0;

    public ExitStatusList(byte[] codes, byte[] signals)
    {
        _codes = codes;
        _signals = signals;
    }

    public ReadOnlySpan<byte> Codes => _codes;

    public ReadOnlySpan<byte> Signals => _signals;

    public bool HasCode(int code) => code is >= 0 and <= 255 && _codes.AsSpan().Contains((byte)code);

    public bool HasSignal(int signal) => signal is > 0 and <= 255 && _signals.AsSpan().Contains((byte)signal);

    public ExitStatusList WithCode(byte code) => HasCode(code) ? this : new(Insert(_codes, code), _signals);

    public ExitStatusList WithSignal(byte signal) => HasSignal(signal) ? this : new(_codes, Insert(_signals, signal));

    public bool Equals(ExitStatusList? other)
        => other is not null && _codes.AsSpan().SequenceEqual(other._codes) && _signals.AsSpan().SequenceEqual(other._signals);

    public override bool Equals(object? obj) => Equals(obj as ExitStatusList);

    public override int GetHashCode() => HashCode.Combine(_codes.Length, _signals.Length);

    private static byte[] Insert(byte[] set, byte value)
    {
        int at = 0;
        while (at < set.Length && set[at] < value)
            at++;
        return [.. set[..at], value, .. set[at..]];
    }
}
