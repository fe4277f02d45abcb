using System.Diagnostics;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.DBus.Wire.Tests;

/// <summary>A dbus-daemon of our own, on a socket in the test's directory.</summary>
public sealed class ReferenceBus : IDisposable
{
    private readonly Process _daemon;

    public ReferenceBus(string directory)
    {
        Socket = directory + "/bus";
        File.WriteAllText(
            directory + "/bus.conf",
            $"""
             <busconfig><type>session</type><listen>unix:path={Socket}</listen><auth>EXTERNAL</auth>
             <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
             """);
        _daemon = Process.Start(new ProcessStartInfo("dbus-daemon", ["--nofork", "--print-address=1", $"--config-file={directory}/bus.conf"]) { RedirectStandardOutput = true })!;
        _daemon.StandardOutput.ReadLine();   // it listens now
    }

    public string Socket { get; }

    public OwnedFd Connect() => Sys.ConnectUnix(Encoding.UTF8.GetBytes(Socket), LibC.SOCK_STREAM | LibC.SOCK_NONBLOCK).Value;

    public void Dispose()
    {
        _daemon.Kill();
        _daemon.WaitForExit();
        _daemon.Dispose();
    }
}
