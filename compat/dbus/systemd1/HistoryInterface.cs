using SysMaster.Core;
using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>What the states of units were and why they changed, as far back as the savepoint holds it.</summary>
internal static class HistoryInterface
{
    public const string Path = "/org/sysmaster/history";

    public static readonly BusInterface<BusFront> Declaration = new("org.sysmaster.History")
    {
        Methods = [new("Get", "s", "a(tssssssus)", "unit changes", Access.Anyone, Get)],
    };

    /// <summary>Of a unit, or of all for "": when (µs since 1970), unit, ActiveState before and after, SubState, cause, job's type and number, who asked for it.</summary>
    private static void Get(BusFront front, MethodCall call)
    {
        MessageReader reader = call.Reader;
        string unit = reader.ReadText();
        MessageWriter w = call.BeginReply();
        ArrayMark array = w.BeginArray(8);
        foreach (HistoryEntry entry in front.Manager.History.Of(unit))
        {
            w.BeginStruct();
            w.WriteUInt64(entry.When.Value);
            w.WriteString(entry.Unit);
            w.WriteString(entry.Before.Text());
            w.WriteString(entry.Now.Text());
            w.WriteString(entry.SubState);
            w.WriteString(entry.Cause.Text);
            w.WriteString(entry.JobId == 0 ? "" : entry.JobType.Text());
            w.WriteUInt32(entry.JobId);
            w.WriteString(entry.Actor);
        }
        w.EndArray(array);
    }
}
