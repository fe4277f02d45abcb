using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>One connection that outlives us, and what its record says. Its cell in the ledger and its names at init carry its number.</summary>
internal sealed class KeptConnection(int number, BusConnection connection) : IDisposable
{
    public int Number { get; } = number;

    public BusConnection Connection { get; } = connection;

    /// <summary>Of the last record; the ledger says whether its output has left and its input was taken.</summary>
    public uint Sequence { get; set; }

    public bool IsRecorded { get; set; }

    /// <summary>In this turn a record of it was written.</summary>
    public bool IsStaged { get; set; }

    /// <summary>What that record holds, to see whether it is still true.</summary>
    public bool WasRunning { get; set; }

    public int InputLength { get; set; }

    public int OutputLength { get; set; }

    public int AuthLength { get; set; }

    /// <summary>Serials below it may be used without a new record.</summary>
    public uint SerialLimit { get; set; }

    public Spill? Input { get; set; }

    public Spill? Output { get; set; }

    /// <summary>How much of the input lies in its spill.</summary>
    public int InputSpilled { get; set; }

    /// <summary>Descriptors of input that init keeps for it, under numbers from <see cref="FirstFd"/> on.</summary>
    public OwnedFd[] InputFds { get; set; } = [];

    /// <summary>Each set has numbers of its own: the record of the one before speaks of its own ones until the next is committed.</summary>
    public int FirstFd { get; set; }

    public void Dispose()
    {
        Input?.Dispose();
        Output?.Dispose();
    }
}
