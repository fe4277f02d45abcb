using System.Globalization;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Systemctl;

/// <summary>Processes, what they use, and what was logged.</summary>
internal sealed partial class UnitStatus
{
    private const ulong None = ulong.MaxValue;

    private static readonly string[] s_commands = ["ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecStop",
        "ExecStopPre", "ExecStopPost"];

    private void PrintProcesses()
    {
        foreach (string name in s_commands)
        {
            foreach (object[] command in facts.Structs(name)) { PrintCommand(name, command); }
        }
        PrintPids();
        if (facts.Text("StatusText") is { Length: > 0 } status) { Label("Status:", $"\"{status}\""); }
        if (facts.Signed("StatusErrno") is > 0 and var error) { Label("Error:", $"{error} ({new Errno(error)})"); }
    }

    private void PrintCommand(string name, object[] command)
    {
        if (command.Length < 10 || command[8] is not int code || code == 0 || command[7] is not uint pid) { return; }
        int status = (int)command[9];
        string words = string.Join(' ', (object[])command[1]);
        string color = ExitWords.IsClean(code, status) ? "" : Colors.HighlightRed;
        string text = $"(code={ExitWords.Code(code)}, {How(code, status)})";
        Label("Process:", $"{pid} {name}={words} {Painted(color, text)}");
    }

    private static string How(int code, int status) => code == 1
        ? string.Create(CultureInfo.InvariantCulture, $"status={status}{ExitWords.StatusSuffix(status)}")
        : $"signal={SignalText.Name(status)}";

    private void PrintPids()
    {
        int main = facts.Signed("MainPID"), control = facts.Signed("ControlPID");
        bool isRunning = main > 0;
        if (main <= 0) { main = facts.Signed("ExecMainPID"); }
        if (main <= 0 && control <= 0) { return; }
        string text = "";
        if (main > 0)
        {
            int code = facts.Signed("ExecMainCode"), status = facts.Signed("ExecMainStatus");
            string more = isRunning ? Comm(main) : code > 0 ? $" (code={ExitWords.Code(code)}, {How(code, status)})" : "";
            text = string.Create(CultureInfo.InvariantCulture, $"   Main PID: {main}{more}");
        }
        if (control > 0) { text += string.Create(CultureInfo.InvariantCulture, $"{(main > 0 ? "; Control PID: " : "  Cntrl PID: ")}{control}{Comm(control)}"); }
        Stdio.Line(text);
    }

    private string Comm(int pid)
    {
        if (_settings.Transport != Transport.Local) { return ""; }
        Result<byte[]> comm = Sys.ReadFile(new ByteText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/comm")));
        return comm.Failed ? "" : $" ({System.Text.Encoding.UTF8.GetString(comm.Value).TrimEnd('\n')})";
    }

    private void PrintResources()
    {
        ulong ingress = facts.Number("IPIngressBytes", None), egress = facts.Number("IPEgressBytes", None);
        if (ingress != None && egress != None) { Label("IP:", $"{Sizes.Human(ingress)} in, {Sizes.Human(egress)} out"); }
        ulong read = facts.Number("IOReadBytes", None), written = facts.Number("IOWriteBytes", None);
        if (read != None && written != None) { Label("IO:", $"{Sizes.Human(read)} read, {Sizes.Human(written)} written"); }
        ulong tasks = facts.Number("TasksCurrent", None), limit = facts.Number("TasksMax", None);
        if (tasks != None) { Label("Tasks:", $"{tasks}{(limit != None ? $"{Colors.Grey} (limit: {limit}){Colors.Normal}" : "")}"); }
        PrintMemory();
        ulong cpu = facts.Number("CPUUsageNSec", None);
        if (cpu != None) { Label("CPU:", TimeWords.Span(cpu / 1000, Usec.PerMsec)); }
    }

    private void PrintMemory()
    {
        ulong current = facts.Number("MemoryCurrent", None);
        if (current == None) { return; }
        (string Name, ulong Value, ulong Unset)[] all =
        [
            ("min", facts.Number("MemoryMin"), 0), ("low", facts.Number("MemoryLow"), 0), ("high", facts.Number("MemoryHigh", None), None),
            ("max", facts.Number("MemoryMax", None), None), ("swap max", facts.Number("MemorySwapMax", None), None),
                ("limit", facts.Number("MemoryLimit", None), None),
            ("available", facts.Number("MemoryAvailable", None), None),
        ];
        string[] limits = [.. all.Where(l => l.Value != l.Unset).Select(l => $"{l.Name}: {Sizes.Human(l.Value)}")];
        Label("Memory:", Sizes.Human(current) + (limits.Length > 0 ? $" ({string.Join(' ', limits)})" : ""));
    }

    private void PrintCgroup()
    {
        if (facts.Text("ControlGroup") is not { Length: > 0 } group) { return; }
        Label("CGroup:", group);
        var tree = new ProcessTree(_settings, Indent);
        tree.Print(caller, facts.Id, group);
        HasEllipsis |= tree.HasEllipsis;
    }

    private void PrintJournal()
    {
        if (_settings.Transport != Transport.Local || _settings.Lines == 0) { return; }
        HasEllipsis |= JournalLines.Print(facts, _settings);
    }
}
