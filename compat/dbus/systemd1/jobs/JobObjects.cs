using System.Buffers.Text;
using SysMaster.Core;
using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>The objects below /org/freedesktop/systemd1/job.</summary>
internal sealed class JobObjects(BusFront front) : IBusObjects
{
    public bool Resolve(ReadOnlySpan<byte> path, BusBindings bindings, ref BusRefusal? refusal)
    {
        ReadOnlySpan<byte> number = path[(Paths.JobPrefix.Length + 1)..];
        if (!Utf8Parser.TryParse(number, out uint id, out int used) || used != number.Length || !front.Manager.Jobs.TryGetValue(id, out Job? job)) { return false; }
        bindings.Add(JobInterface.Declaration, new JobObject(front, job));
        return true;
    }

    public void Enumerate(List<string> paths)
    {
        foreach (Job job in front.Manager.Jobs.Values) { paths.Add(Paths.Of(job)); }
    }
}
