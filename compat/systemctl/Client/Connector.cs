using System.Text;
using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>
/// Which socket leads to the manager that was asked for: root talks to it directly, others over the message bus; the manager of
/// another host or container over theirs.
/// </summary>
internal static class Connector
{
    private const string Private = "/run/systemd/private";
    private const int NoMedium = 123, HostDown = 112;
    private const string SystemBus = "/run/dbus/system_bus_socket";

    /// <param name="settings">Scope and transport.</param>
    /// <param name="needsBus">Somebody beside the manager is to be talked to (logind, machined).</param>
    /// <param name="quiet">Without it, things are as good.</param>
    /// <returns>Null after saying why.</returns>
    public static Bus? Open(Settings settings, bool needsBus, bool quiet = false)
    {
        bool full = needsBus || settings.Transport != Transport.Local || BooleanWord.Environment("SYSTEMCTL_FORCE_BUS") == true;
        Result<Bus> bus = settings.Transport switch
        {
            Transport.Remote => ThroughSsh(settings.Host),
            Transport.Machine => ThroughMachine(settings),
            _ => settings.IsUser ? OfUser(full) : OfSystem(full),
        };
        if (!bus.Failed) { return bus.Value; }
        if (quiet) { return null; }
        _ = settings.IsUser && settings.Transport == Transport.Local && (bus.Error == Errno.EPERM || bus.Error == Errno.EACCES)
            ? Log.Error("Failed to connect to bus: Operation not permitted (consider using --machine=<user>@.host --user to connect to bus of other user)")
            : Log.Error("Failed to connect to bus", bus.Error);
        return null;
    }

    private static Result<Bus> OfSystem(bool full)
    {
        if (!full)
        {
            // The manager makes this directory first of all.
            if (!Booted.BySystemd)
            {
                _ = Log.Error("System has not been booted with systemd as init system (PID 1). Can't operate.");
                return new Errno(HostDown);
            }
            if (LibC.geteuid() == 0)
            {
                Result<Bus> direct = Connect(Private, BusRole.Peer);
                if (!direct.Failed) { return direct; }
            }
        }
        return AtAddress(Environment.GetEnvironmentVariable("DBUS_SYSTEM_BUS_ADDRESS"), SystemBus);
    }

    private static Result<Bus> OfUser(bool full)
    {
        string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        if (!full && runtime is not null)
        {
            Result<Bus> direct = Connect($"{runtime}/systemd/private", BusRole.Peer);
            if (!direct.Failed) { return direct; }
        }
        string? address = Environment.GetEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
        if (address is null && runtime is null) { return new Errno(NoMedium); }
        return AtAddress(address, $"{runtime}/bus");
    }

    /// <summary>A D-Bus address: the first of its unix sockets that answers. D-Bus specification "Server Addresses".</summary>
    private static Result<Bus> AtAddress(string? address, string otherwise)
    {
        if (string.IsNullOrEmpty(address)) { return Connect(otherwise, BusRole.Bus); }
        Result<Bus> last = Errno.EINVAL;
        foreach (string one in address.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!one.StartsWith("unix:", StringComparison.Ordinal)) { continue; }
            foreach (string pair in one[5..].Split(','))
            {
                int equals = pair.IndexOf('=', StringComparison.Ordinal);
                string value = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
                if (pair.StartsWith("path=", StringComparison.Ordinal)) { last = Connect(value, BusRole.Bus); }
                else if (pair.StartsWith("abstract=", StringComparison.Ordinal)) { last = Connect("@" + value, BusRole.Bus); }
            }
            if (!last.Failed) { return last; }
        }
        return last;
    }

    private static Result<Bus> Connect(string path, BusRole role)
    {
        Result<OwnedFd> socket = Sys.ConnectUnix(new ByteText(path).Span, LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK);
        return socket.Failed ? socket.Error : Talk(socket.Value, role);
    }

    private static Result<Bus> Talk(OwnedFd socket, BusRole role)
    {
        Bus? bus = Bus.Open(socket, role, BeforeWaiting, OnClosed);
        return bus is null ? Errno.ECONNRESET : bus;
    }

    private static Result<Bus> ThroughSsh(string host)
    {
        // user@host:port/container
        string container = "", port = "";
        int slash = host.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0) { (host, container) = (host[..slash], host[(slash + 1)..]); }
        int colon = host.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && host.LastIndexOf(':') == colon) { (host, port) = (host[..colon], host[(colon + 1)..]); }
        List<string> words = [Environment.GetEnvironmentVariable("SYSTEMD_SSH") is { Length: > 0 } ssh ? ssh : "ssh", "-xT"];
        if (port.Length > 0) { words.AddRange(["-p", port]); }
        words.AddRange(["--", host, "systemd-stdio-bridge"]);
        if (container.Length > 0) { words.Add($"--machine={container}"); }
        return ThroughProgram([.. words]);
    }

    private static Result<Bus> ThroughMachine(Settings settings)
    {
        int at = settings.Host.LastIndexOf('@');
        string user = at < 0 ? "" : settings.Host[..at], machine = settings.Host[(at + 1)..];
        if (machine.Length == 0)
        {
            if (at < 0) { return Errno.EINVAL; }
            machine = ".host";
        }
        if (machine == ".host" && user.Length == 0) { return settings.IsUser ? OfUser(full: true) : OfSystem(full: true); }
        if (user.Length > 0 || settings.IsUser)
        {
            List<string> words =
            [
                "systemd-run", $"-M{machine}", "-PGq", "--wait", $"-pUser={(user.Length > 0 ? user : "root")}", "-pPAMName=login", "systemd-stdio-bridge",
            ];
            if (settings.IsUser) { words.Add("-punix:path=${XDG_RUNTIME_DIR}/bus"); }
            return ThroughProgram([.. words]);
        }
        if (LeaderOf(machine) is not { } leader) { return new Errno(HostDown); }
        return Connect($"/proc/{leader}/root{SystemBus}", BusRole.Bus);
    }

    /// <summary>The first process of a container, as machined has it.</summary>
    private static string? LeaderOf(string machine)
    {
        if (machine.Contains('/', StringComparison.Ordinal)) { return null; }
        Result<byte[]> file = Sys.ReadFile(new ByteText($"/run/systemd/machines/{machine}"));
        if (file.Failed) { return null; }
        string? line = Encoding.UTF8.GetString(file.Value).Split('\n').FirstOrDefault(l => l.StartsWith("LEADER=", StringComparison.Ordinal));
        return line?[7..];
    }

    /// <summary>A program whose standard input and output are the connection.</summary>
    private static Result<Bus> ThroughProgram(string[] words)
    {
        Result<(OwnedFd A, OwnedFd B)> pair = Sys.SocketPair(LibC.SOCK_STREAM);
        if (pair.Failed) { return pair.Error; }
        OwnedFd theirs = pair.Value.B;
        Result<ChildProcess> child = ChildProcess.Start(words, null, (theirs.Value, 0), (theirs.Value, 1));
        // Only the child has that end now: when it goes, we see it.
        theirs.Dispose();
        if (child.Failed) { return child.Error; }
        const int SetFlags = 4;
        _ = LibC.fcntl(pair.Value.A.Value, SetFlags, LibC.O_NONBLOCK);
        return Bus.OpenAnyhow(pair.Value.A, BusRole.Bus, BeforeWaiting, OnClosed);
    }

    private static void BeforeWaiting()
    {
        if (Tty.IsOutput) { Stdio.Flush(); }
    }

    private static void OnClosed(string how) => Log.Debug($"The connection has ended: {how}");
}
