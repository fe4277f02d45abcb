using System.Globalization;
using SysMaster.Linux;
using SysMaster.Savepoint;

namespace SysMaster.Core;

/// <summary>One time that a manager took over from the one before it.</summary>
/// <param name="Start">Which start since boot it was; 2 is the first recovery.</param>
/// <param name="When">CLOCK_REALTIME, when it was done.</param>
/// <param name="Why">How the one before ended, in words.</param>
/// <param name="Took">Reading the state and comparing it with the kernel.</param>
/// <param name="SetAside">Units whose records were set aside.</param>
public sealed record PastRecovery(uint Start, Usec When, string Why, Usec Took, uint Units, uint Jobs, uint Clients, uint SetAside)
{
    internal ReadOnlySpan<byte> Key => System.Text.Encoding.ASCII.GetBytes(Start.ToString(CultureInfo.InvariantCulture));

    internal void Write(RecordWriter to)
    {
        to.Write(1, Start);
        to.Write(2, When);
        to.Write(3, Why);
        to.Write(4, Took);
        to.Write(5, Units);
        to.Write(6, Jobs);
        to.Write(7, Clients);
        to.Write(8, SetAside);
    }

    internal static PastRecovery Read(RecordReader fields)
    {
        var past = new PastRecovery(0, Usec.Zero, "", Usec.Zero, 0, 0, 0, 0);
        while (fields.Next(out SavedField f))
        {
            past = f.Tag switch
            {
                1 => past with { Start = (uint)f.Number },
                2 => past with { When = f.Usec },
                3 => past with { Why = f.String },
                4 => past with { Took = f.Usec },
                5 => past with { Units = (uint)f.Number },
                6 => past with { Jobs = (uint)f.Number },
                7 => past with { Clients = (uint)f.Number },
                8 => past with { SetAside = (uint)f.Number },
                _ => past,
            };
        }
        return past;
    }
}
