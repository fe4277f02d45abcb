using SysMaster.DBus.Wire;

namespace SysMaster.Systemctl;

/// <summary>Properties that can be written.</summary>
internal static class Properties
{
    public static BusError? Set(Caller caller, string name, string path, string @interface, string property, string type, Action<MessageWriter> value)
        => caller.Method(name, path, Caller.PropertiesInterface, "Set", "ssv", w =>
        {
            w.WriteString(@interface);
            w.WriteString(property);
            w.BeginVariant(System.Text.Encoding.ASCII.GetBytes(type));
            value(w);
        }).Error;
}
