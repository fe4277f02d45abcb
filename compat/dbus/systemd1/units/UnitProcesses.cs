using System.Text;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>GetProcesses and AttachProcesses: the members of a unit's control group.</summary>
internal static class UnitProcesses
{
    public static void Write(Unit unit, MethodCall call)
    {
        MessageWriter w = call.BeginReply();
        ArrayMark array = w.BeginArray(8);
        var seen = new HashSet<int>();
        foreach (int pid in unit.Manager.Cgroups.Pids(unit)) { WriteOne(pid, unit.Manager.Cgroups.PathOfPid(pid) ?? UnitCgroups.PathOf(unit), seen, w); }
        // Where there is no tree, those that the unit knows by their PID.
        if (unit.MainProcess > 0) { WriteOne(unit.MainProcess, UnitCgroups.PathOf(unit), seen, w); }
        if (unit.ControlProcess > 0) { WriteOne(unit.ControlProcess, UnitCgroups.PathOf(unit), seen, w); }
        w.EndArray(array);
    }

    /// <param name="reader">Stands before (subcgroup s, pids au).</param>
    public static void Attach(BusFront front, Unit unit, MethodCall call, MessageReader reader)
    {
        string sub = reader.ReadText();
        var pids = new List<int>();
        ArrayToken array = reader.BeginArray(4);
        while (reader.HasNext(array)) { pids.Add((int)reader.ReadUInt32()); }
        reader.EndArray(array);
        if (sub.Length > 0 && (sub[0] != '/' || sub.Contains("/../", StringComparison.Ordinal) || sub.EndsWith("/..", StringComparison.Ordinal)))
        {
            call.Error(BusErrors.InvalidArgs, sub[0] == '/' ? $"Control group path is not normalized: {sub}" : $"Control group path is not absolute: {sub}");
            return;
        }
        if (!unit.IsDelegated)
        {
            call.Error(BusErrors.InvalidArgs, "Process migration not available on non-delegated units.");
            return;
        }
        if (unit.ActiveState.IsInactiveOrFailed())
        {
            call.Error(BusErrors.InvalidArgs, "Unit is not active, refusing.");
            return;
        }
        foreach (int pid in pids)
        {
            int who = pid == 0 ? front.PidOf(call) : pid;
            if (!front.Authority.IsRoot(call) && Foreign(unit, who, front.Authority.UidOf(call)) is { } owner)
            {
                call.Error(BusErrors.AccessDenied, $"Process {who} not owned by {owner} UID. Refusing.");
                return;
            }
            if (who <= 1 || unit.Manager.Cgroups.Attach(unit, who, sub == "/" ? "" : sub.TrimEnd('/')).Failed)
            {
                call.Error(BusErrors.Failed, $"Process {who} could not be moved into unit {unit.Id}.");
                return;
            }
        }
    }

    /// <summary>Whoever is not root moves a process of his own into a unit of his own. PIDs are those of now: one that is gone has no owner.</summary>
    /// <returns>Whose it is not; null when all are one user's.</returns>
    private static string? Foreign(Unit unit, int pid, uint? caller)
    {
        uint owner = RealUid(pid);
        if (caller is null || owner != caller) { return "client's"; }
        return ProcessOwner.Uid(unit, ExecDirectives.User) != owner ? "target unit's" : null;
    }

    private static uint RealUid(int pid)
    {
        Result<byte[]> status = Sys.ReadFile(new ByteText($"/proc/{pid}/status"), 16384);
        ReadOnlySpan<byte> text = status.Failed ? default : status.Value;
        int at = text.IndexOf("\nUid:\t"u8);
        return at >= 0 && System.Buffers.Text.Utf8Parser.TryParse(text[(at + 6)..], out uint uid, out _) ? uid : ProcessOwner.None;
    }

    private static void WriteOne(int pid, string path, HashSet<int> seen, MessageWriter w)
    {
        if (!seen.Add(pid)) { return; }
        w.BeginStruct();
        w.WriteString(path);
        w.WriteUInt32((uint)pid);
        w.WriteString(CommandLine(pid));
    }

    /// <summary>The arguments, quoted as for a shell; kernel threads and the like as "[comm]".</summary>
    private static string CommandLine(int pid)
    {
        Result<byte[]> line = Sys.ReadFile(new ByteText($"/proc/{pid}/cmdline"), 8192);
        if (!line.Failed && line.Value.Length > 0)
        {
            string[] words = Encoding.UTF8.GetString(line.Value.AsSpan().TrimEnd((byte)0)).Split('\0');
            return string.Join(' ', Array.ConvertAll(words, ShellWord));
        }
        Result<byte[]> comm = Sys.ReadFile(new ByteText($"/proc/{pid}/comm"), 64);
        return comm.Failed ? "n/a" : $"[{Encoding.UTF8.GetString(comm.Value.AsSpan().TrimEnd("\n"u8))}]";
    }

    /// <summary>In double quotes where a shell would see more in it than one plain word.</summary>
    private static string ShellWord(string word)
    {
        if (word.Length > 0 && !word.AsSpan().ContainsAny(s_special)) { return word; }
        var text = new StringBuilder(word.Length + 2).Append('"');
        foreach (char c in word)
        {
            if (c is '"' or '\\' or '`' or '$') { text.Append('\\'); }
            text.Append(c);
        }
        return text.Append('"').ToString();
    }

    private static readonly System.Buffers.SearchValues<char> s_special = System.Buffers.SearchValues.Create("\"\\`$*?['()<>|&;! \t\n\r");
}
