using System.Globalization;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles.Install;

namespace SysMaster.Systemctl;

/// <summary>list-jobs: what waits or runs, and with --after and --before what on.</summary>
internal static class ListJobs
{
    private sealed record Job(uint Id, string Unit, string Type, string State);

    public static int Run(Session session, string[] words)
    {
        if (session.Manager() is not { } caller) { return 1; }
        Settings settings = session.Settings;
        BusReply reply = caller.Manager("ListJobs").Expect("a(usssoo)");
        if (reply.Failed) { return Log.Error($"Failed to list jobs: {reply.Error}"); }
        string[] patterns = words[1..];
        List<Job> all = Read(reply), jobs = [.. all.Where(j => patterns.Length == 0 || patterns.Any(p => Glob.Matches(p, j.Unit)))];
        bool skipped = jobs.Count < all.Count;
        Pager.Open(settings);
        if (jobs.Count == 0)
        {
            if (!settings.NoLegend) { Stdio.Line($"{Colors.HighlightGreen}No jobs {(skipped ? "listed" : "running")}.{Colors.Normal}"); }
            return 0;
        }
        Print(caller, jobs, settings);
        if (!settings.NoLegend) { Stdio.Line($"\n{Colors.Highlight}{jobs.Count} jobs listed{Colors.Normal}."); }
        return 0;
    }

    private static List<Job> Read(BusReply reply)
    {
        var jobs = new List<Job>();
        MessageReader reader = reply.Reader;
        ArrayToken array = reader.BeginArray(8);
        while (reader.HasNext(array))
        {
            reader.BeginStruct();
            uint id = reader.ReadUInt32();
            jobs.Add(new Job(id, reader.ReadText(), reader.ReadText(), reader.ReadText()));
            _ = reader.ReadObjectPath();
            _ = reader.ReadObjectPath();
        }
        reader.EndArray(array);
        return jobs;
    }

    private static void Print(Caller caller, List<Job> jobs, Settings settings)
    {
        var table = new Table("job", "unit", "type", "state");
        foreach (Job job in jobs)
        {
            string color = job.State == "running" ? Colors.Highlight : "";
            table.Add(new Cell(job.Id.ToString(CultureInfo.InvariantCulture), job.Id), new Cell(job.Unit, color), new Cell(job.Type),
                new Cell(job.State, color));
            if (settings.IsJson) { continue; }
            if ((settings.Jobs & JobOrder.After) != 0) { Related(caller, table, job, "GetJobAfter", "\tblocking job"); }
            if ((settings.Jobs & JobOrder.Before) != 0) { Related(caller, table, job, "GetJobBefore", "\twaiting for job"); }
        }
        table.Print(settings);
    }

    private static void Related(Caller caller, Table table, Job job, string method, string words)
    {
        BusReply reply = caller.Manager(method, "u", w => w.WriteUInt32(job.Id)).Expect("a(usssoo)");
        if (reply.Failed)
        {
            Log.Debug($"Failed to get all jobs {words.Trim()} {job.Id}: {reply.Error}");
            return;
        }
        List<Job> others = Read(reply);
        for (int i = 0; i < others.Count; i++)
        {
            Job other = others[i];
            string text = string.Create(CultureInfo.InvariantCulture, $"{words} {other.Id} ({other.Unit}/{other.Type})");
            table.Add(new Cell(i + 1 < others.Count ? Tree.Branch : Tree.Last), new Cell(text), new Cell(""), new Cell(""));
        }
    }
}
