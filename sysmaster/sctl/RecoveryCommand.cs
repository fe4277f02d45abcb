using System.CommandLine;
using System.Globalization;
using SysMaster.DBus.Wire;

namespace SysMaster.Sctl;

/// <summary><c>sctl recovery</c>: the times since boot that a manager took over from the one before: when, why, how long, what it found.</summary>
internal static class RecoveryCommand
{
    public static Command Create()
    {
        var command = new Command("recovery", "List the times since boot that the manager died or was replaced, and what its successor took over.");
        command.SetAction(_ => Print(Console.Out));
        return command;
    }

    private static int Print(TextWriter output)
    {
        string? failure = ManagerBus.Once("/org/sysmaster/recovery", "org.sysmaster.Recovery", "List", "", null, "a(utstuuuu)", reader => Print(output, reader));
        if (failure is null) { return 0; }
        Console.Error.WriteLine(failure);
        return 1;
    }

    private static void Print(TextWriter output, MessageReader reader)
    {
        int n = 0;
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            uint start = reader.ReadUInt32();
            ulong when = reader.ReadUInt64();
            string why = reader.ReadText();
            ulong took = reader.ReadUInt64();
            uint units = reader.ReadUInt32(), jobs = reader.ReadUInt32(), clients = reader.ReadUInt32(), aside = reader.ReadUInt32();
            if (n++ == 0) { output.WriteLine($"{"START",5} {"WHEN",-19} {"TOOK",9} {"UNITS",5} {"JOBS",5} {"CLIENTS",7}  WHY"); }
            string time = DateTimeOffset.FromUnixTimeMilliseconds((long)(when / 1000)).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            string note = aside == 0 ? "" : $" ({aside} records set aside)";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{start,5} {time,-19} {took / 1000.0,6:0.0} ms {units,5} {jobs,5} {clients,7}  {why}{note}"));
        }
        if (n == 0) { output.WriteLine("The manager has run since boot."); }
    }
}
