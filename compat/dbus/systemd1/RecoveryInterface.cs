using SysMaster.Core;
using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>What sysmaster has to say that systemd has no word for: the times a manager took over from the one before.</summary>
internal static class RecoveryInterface
{
    public const string Path = "/org/sysmaster/recovery";

    public static readonly BusInterface<BusFront> Declaration = new("org.sysmaster.Recovery")
    {
        Methods =
        [
            new("List", "", "a(utstuuuu)", "recoveries", Access.Anyone, List),
            new("RenewInit", "", "", "", Access.ReloadDaemon, RenewInit),
        ],
        Properties =
        [
            // The first start is the boot.
            new("NRecoveries", "u", Emits.Nothing, static (f, w) => w.WriteUInt32(Math.Max(f.Manager.Generation, 1) - 1)),
            new("LastReason", "s", Emits.Nothing, static (f, w) => w.WriteString(f.Manager.Recoveries is { Count: > 0 } past ? past[^1].Why : "")),
        ],
    };

    /// <summary>init executes its own file anew: the last step of an upgrade.</summary>
    private static void RenewInit(BusFront front, MethodCall call)
    {
        Errno error = front.Manager.Init?.Reexec() ?? Errno.ENOTCONN;
        if (error.Failed) { call.Error(BusErrors.Failed, $"init cannot execute itself: {error}"); }
        else { call.Reply(); }
    }

    /// <summary>Number of the start, when (µs since 1970), why, µs it took, units, jobs and clients taken over, records set aside.</summary>
    private static void List(BusFront front, MethodCall call)
    {
        MessageWriter w = call.BeginReply();
        ArrayMark array = w.BeginArray(8);
        foreach (PastRecovery past in front.Manager.Recoveries)
        {
            w.BeginStruct();
            w.WriteUInt32(past.Start);
            w.WriteUInt64(past.When.Value);
            w.WriteString(past.Why);
            w.WriteUInt64(past.Took.Value);
            w.WriteUInt32(past.Units);
            w.WriteUInt32(past.Jobs);
            w.WriteUInt32(past.Clients);
            w.WriteUInt32(past.SetAside);
        }
        w.EndArray(array);
    }
}
