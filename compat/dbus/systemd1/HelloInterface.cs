using System.Globalization;
using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>
/// Hello on a direct connection, where there is no bus: so that clients which cannot leave it out (`busctl --address=`) work there too.
/// The name means nothing. systemd refuses it.
/// </summary>
internal static class HelloInterface
{
    public const string Path = "/org/freedesktop/DBus";

    public static readonly BusInterface<BusFront> Declaration = new("org.freedesktop.DBus")
    {
        Methods = [new("Hello", "", "s", "", Access.Anyone, Answer, MemberFlags.Hidden)],
    };

    private static void Answer(BusFront front, MethodCall call)
        => call.BeginReply().WriteString(string.Create(CultureInfo.InvariantCulture, $":0.{call.Connection.Fd.Value}"));
}
