using System.Text;
using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>Questions about one unit that load none.</summary>
internal static class UnitState
{
    /// <returns>Null with the error where it is not loaded.</returns>
    public static string? PathIfLoaded(Caller caller, string unit, out BusError? error)
    {
        BusReply reply = caller.Manager("GetUnit", "s", w => w.WriteString(unit)).Expect("o");
        error = reply.Error;
        if (reply.Failed) { return null; }
        MessageReader reader = reply.Reader;
        return Encoding.UTF8.GetString(reader.ReadObjectPath());
    }

    /// <summary>"inactive" for what is not loaded; null with the error where nobody can say.</summary>
    public static string? Active(Caller caller, string unit, out BusError? error)
    {
        if (PathIfLoaded(caller, unit, out error) is { } path) { return caller.GetText(path, Caller.UnitInterface, "ActiveState", out error); }
        if (error!.Name != BusError.NoSuchUnit) { return null; }
        error = null;
        return "inactive";
    }
}
