namespace SysMaster.Units.Socket;

/// <summary>Time stamps on received packets.</summary>
public enum SocketTimestamping
{
    Off,
    Us,
    Ns,
}
