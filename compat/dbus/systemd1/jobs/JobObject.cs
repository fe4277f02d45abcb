using SysMaster.Core;

namespace SysMaster.DBus.Systemd1;

/// <summary>One job as an object of the bus.</summary>
internal sealed class JobObject(BusFront front, Job job)
{
    public BusFront Front { get; } = front;

    public Job Job { get; } = job;
}
