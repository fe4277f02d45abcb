using SysMaster.UnitFiles.Install;
using System.Text;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>`systemd-analyze dump`: the whole state as text. The format is for people and promises nothing.</summary>
internal static class DumpMethods
{
    /// <summary>More than this does not fit a message: the descriptor form has no bound.</summary>
    private const int TextMax = 8 << 20;

    public static void Dump(BusFront f, MethodCall call) => AnswerText(call, Text(f.Manager, []));

    public static void DumpMatching(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        AnswerText(call, Text(f.Manager, reader.ReadTexts()));
    }

    public static void DumpByFd(BusFront f, MethodCall call) => AnswerFd(call, Text(f.Manager, []));

    public static void DumpMatchingByFd(BusFront f, MethodCall call)
    {
        MessageReader reader = call.Reader;
        AnswerFd(call, Text(f.Manager, reader.ReadTexts()));
    }

    private static void AnswerText(MethodCall call, string text)
    {
        if (text.Length > TextMax) { call.Error(BusErrors.LimitsExceeded, "The text is too long for a message; ask for a descriptor."); }
        else { call.BeginReply().WriteString(text); }
    }

    private static void AnswerFd(MethodCall call, string text)
    {
        Result<OwnedFd> file = Sys.MemoryFile("systemd-dump"u8, Encoding.UTF8.GetBytes(text));
        if (file.Failed)
        {
            call.Error(BusErrors.Failed, file.Error.ToString());
            return;
        }
        using OwnedFd fd = file.Value;
        call.BeginReply().WriteUnixFd(fd.Value);
        call.EndReply();   // it is duplicated now
    }

    private static string Text(Manager manager, string[] patterns)
    {
        var text = new StringBuilder(64 << 10);
        if (patterns.Length == 0)
        {
            Line(text, $"Manager: systemd {ManagerProperties.Version}");
            Line(text, $"State: {ManagerProperties.StateText(manager.State)}");
            Line(text, $"Units: {manager.Units.Count}, names: {manager.NameCount}, jobs: {manager.Jobs.Count}");
        }
        foreach (Unit unit in manager.Units)
        {
            if (Glob.MatchesAny(patterns, unit.Id.Text)) { Describe(unit, text); }
        }
        foreach (Job job in manager.Jobs.Values)
        {
            if (!Glob.MatchesAny(patterns, job.Unit.Id.Text)) { continue; }
            Line(text, $"-> Job {job.Id}:");
            Line(text, $"\tAction: {job.Unit.Id} -> {job.Type.Text()}");
            Line(text, $"\tState: {job.State.Text()}");
            Line(text, $"\tIrreversible: {(job.Irreversible ? "yes" : "no")}");
            if (job.Actor is { } actor) { Line(text, $"\tAsked by: {actor}"); }
        }
        return text.ToString();
    }

    private static void Describe(Unit unit, StringBuilder text)
    {
        Line(text, $"-> Unit {unit.Id}:");
        Line(text, $"\tDescription: {unit.Description}");
        foreach (UnitName alias in unit.Aliases ?? []) { Line(text, $"\tName: {alias}"); }
        Line(text, $"\tUnit Load State: {unit.LoadState.Text()}");
        Line(text, $"\tUnit Active State: {unit.ActiveState.Text()}");
        Line(text, $"\tState: {unit.SubState}");
        if (!unit.InvocationId.IsNull) { Line(text, $"\tInvocation ID: {unit.InvocationId}"); }
        if (!unit.FragmentPath.IsEmpty) { Line(text, $"\tFragment Path: {unit.FragmentPath}"); }
        foreach (ByteText path in unit.DropInPaths) { Line(text, $"\tDropIn Path: {path}"); }
        if (unit.Slice is { } slice) { Line(text, $"\tSlice: {slice.Id}"); }
        if (unit.Cgroup is { } group) { Line(text, $"\tCGroup: {group.Path}"); }
        if (unit.MainProcess > 0) { Line(text, $"\tMain PID: {unit.MainProcess}"); }
        if (unit.ControlProcess > 0) { Line(text, $"\tControl PID: {unit.ControlProcess}"); }
        foreach (Edge edge in unit.Edges.All)
        {
            for (uint rest = (uint)(edge.Kinds & ~(Dep.References | Dep.ReferencedBy)); rest != 0; rest &= rest - 1)
            {
                Line(text, $"\t{Deps.Name((Dep)(rest & ~(rest - 1)))}: {edge.Other.Id} ({(edge.Origin | edge.OriginOfTheirs).ToString().ToLowerInvariant()})");
            }
        }
        var lines = new ByteBuilder(stackalloc byte[1024]);
        try
        {
            foreach (Setting setting in unit.Settings.Items) { setting.PrintLines(ref lines); }
            foreach (string line in lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)) { Line(text, $"\t{line}"); }
        }
        finally { lines.Dispose(); }
        if (unit.Job is { } job) { Line(text, $"\tJob: {job.Id} {job.Type.Text()}"); }
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
