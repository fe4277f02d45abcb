using SysMaster.Core;
using SysMaster.DBus.Wire;

namespace SysMaster.DBus.Systemd1;

/// <summary>org.freedesktop.systemd1.Job.</summary>
internal static class JobInterface
{
    public static readonly BusInterface<JobObject> Declaration = new(Paths.JobInterface)
    {
        Order = MemberOrder.MethodsPropertiesSignals,
        Methods =
        [
            new("Cancel", "", "", "", Access.Anyone, static (o, call) => Cancel(o.Front, o.Job, call)),
            new("GetAfter", "", "a(usssoo)", "jobs", Access.Anyone, static (o, call) => WriteOrdered(o.Job, call, Dep.After)),
            new("GetBefore", "", "a(usssoo)", "jobs", Access.Anyone, static (o, call) => WriteOrdered(o.Job, call, Dep.Before)),
        ],
        Properties =
        [
            new("Id", "u", Emits.Const, static (o, w) => w.WriteUInt32(o.Job.Id)),
            new("Unit", "(so)", Emits.Const, static (o, w) =>
            {
                w.BeginStruct();
                w.WriteString(o.Job.Unit.Id.Text);
                Paths.Write(w, o.Job.Unit);
            }),
            new("JobType", "s", Emits.Const, static (o, w) => w.WriteString(o.Job.Type.Text())),
            new("State", "s", Emits.Change, static (o, w) => w.WriteString(o.Job.State.Text())),
            new("ActivationDetails", "a(ss)", Emits.Const, static (_, w) => w.EndArray(w.BeginArray(8))),
        ],
    };

    /// <summary>Who asked for a job may cancel it; others as for any change of units.</summary>
    public static void Cancel(BusFront front, Job job, MethodCall call)
    {
        if (!front.Clients.Owns(job, call) && !front.Authority.Allows(call, Access.ManageUnits, Declaration, "Cancel")) { return; }
        job.Manager.Cancel(job);
    }

    /// <summary>The queued jobs that come after this one, since they wait for it, or before it.</summary>
    public static void WriteOrdered(Job job, MethodCall call, Dep order)
    {
        MessageWriter w = call.BeginReply();
        ArrayMark array = w.BeginArray(8);
        foreach (Edge edge in job.Unit.Edges.All)
        {
            if ((edge.Kinds & (Dep.After | Dep.Before)) == 0 || edge.Other.Job is not { } other) { continue; }
            bool isAfter = (edge.Kinds & Dep.After) != 0;
            int compared = JobOrder.Compare(job.Type, other.Type, selfIsBefore: !isAfter);
            if (order == Dep.After ? compared < 0 : compared > 0) { WriteOne(other, w); }
        }
        w.EndArray(array);
    }

    public static void WriteOne(Job job, MessageWriter w)
    {
        w.BeginStruct();
        w.WriteUInt32(job.Id);
        w.WriteString(job.Unit.Id.Text);
        w.WriteString(job.Type.Text());
        w.WriteString(job.State.Text());
        w.WriteObjectPath(Paths.Of(job));
        Paths.Write(w, job.Unit);
    }
}
