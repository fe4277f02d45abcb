using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Client;

/// <summary>Calls as they are made here: to whom, with what, and whether a person may be asked for a password.</summary>
public sealed class Caller(Bus bus, bool interactive)
{
    public const string ManagerName = "org.freedesktop.systemd1";
    public const string ManagerPath = "/org/freedesktop/systemd1";
    public const string ManagerInterface = "org.freedesktop.systemd1.Manager";
    public const string UnitInterface = "org.freedesktop.systemd1.Unit";
    public const string JobInterface = "org.freedesktop.systemd1.Job";
    public const string PropertiesInterface = "org.freedesktop.DBus.Properties";

    private readonly MessageWriter _writer = new();

    public Bus Bus => bus;

    /// <summary>A method of the manager.</summary>
    /// <param name="arguments">Writes the values of the signature; null for none.</param>
    /// <param name="timeoutMsec">As <see cref="Bus.Call"/>.</param>
    public BusReply Manager(string method, string signature = "", Action<MessageWriter>? arguments = null, int timeoutMsec = 0)
        => Method(ManagerName, ManagerPath, ManagerInterface, method, signature, arguments, timeoutMsec);

    public BusReply Method(string destination, string path, string @interface, string method, string signature = "",
        Action<MessageWriter>? arguments = null, int timeoutMsec = 0)
    {
        _writer.BeginCall(destination, path, @interface, method, signature, interactive ? MessageFlags.AllowInteractiveAuthorization : MessageFlags.None);
        arguments?.Invoke(_writer);
        return bus.Call(_writer, timeoutMsec);
    }

    /// <summary>One property, as the variant that holds it.</summary>
    public BusReply Get(string path, string @interface, string property, string destination = ManagerName) =>
        Method(destination, path, PropertiesInterface, "Get", "ss", w => { w.WriteString(@interface); w.WriteString(property); }).Expect("v");

    public BusReply GetAll(string path, string @interface = "", string destination = ManagerName) =>
        Method(destination, path, PropertiesInterface, "GetAll", "s", w => w.WriteString(@interface)).Expect("a{sv}");

    /// <returns>The text of a string property; null with the error when there is none.</returns>
    public string? GetText(string path, string @interface, string property, out BusError? error)
    {
        object? value = GetValue(path, @interface, property, out error);
        return value as string;
    }

    public object? GetValue(string path, string @interface, string property, out BusError? error)
    {
        BusReply reply = Get(path, @interface, property);
        error = reply.Error;
        if (reply.Failed) { return null; }
        MessageReader reader = reply.Reader;
        return BusValue.Read(ref reader).Content;
    }
}
