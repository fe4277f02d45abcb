namespace SysMaster.Units.Service;

/// <summary>How a service that takes too long is ended.</summary>
public enum ServiceTimeoutFailureMode
{
    Terminate,
    Abort,
    Kill,
}
