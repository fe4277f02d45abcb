using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.Upstart;

/// <summary>"start on" and "stop on": the events that a unit has a word for.</summary>
internal sealed class UpstartEvents(ConvertedUnit unit, Conversion into)
{
    public void Start(int line, string expression)
    {
        bool wanted = false;
        string[] words = Words(expression);
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            string next = i + 1 < words.Length ? words[i + 1] : "";
            switch (word)
            {
                case "and" or "or": break;
                case "runlevel": wanted = Want(line, next.IndexOfAny(['2', '3', '4', '5']) >= 0 || next.StartsWith("[!", StringComparison.Ordinal) ? "multi-user.target" : "rescue.target"); i++; break;
                case "startup":
                    unit.AddOnce("Unit", "DefaultDependencies", "no", line);
                    wanted = Want(line, "sysinit.target");
                    break;
                case "filesystem" or "local-filesystems" or "virtual-filesystems": After(line, "local-fs.target"); break;
                case "remote-filesystems": After(line, "remote-fs.target"); break;
                case "all-swaps": After(line, "swap.target"); break;
                case "static-network-up" or "net-device-up" or "network-interface-up":
                    After(line, "network-online.target");
                    unit.AddOnce("Unit", "Wants", "network-online.target", line);
                    break;
                case "desktop-session-start" or "login-session-start": wanted = Want(line, "graphical.target"); break;
                case "started" or "stopped" or "starting" when next.Length > 0:
                    string other = UnitNames.Of(next, UnitKind.Service);
                    unit.AddOnce("Unit", word == "starting" ? "Before" : "After", other, line);
                    wanted |= word != "stopped" && Want(line, other);
                    i++;
                    break;
                default: into.Dropped(line, $"start on … {word}", word.Contains('=', StringComparison.Ordinal) ? "the value of an event" : "an event that no unit waits for; a path, timer or socket unit may"); break;
            }
        }
        // What had no target to be wanted by still began with the machine.
        if (!wanted) { Want(line, "multi-user.target"); }
        into.Changed(line, $"start on {expression}", $"WantedBy={unit.Get("Install", "WantedBy")}, with the order kept: \"and\" and \"or\" of events have no other word");
    }

    public void Stop(int line, string expression)
    {
        string[] words = Words(expression);
        for (int i = 0; i + 1 < words.Length; i++)
        {
            if (words[i] is not ("stopping" or "stopped")) { continue; }
            unit.AddOnce("Unit", "PartOf", UnitNames.Of(words[i + 1], UnitKind.Service), line);
            into.Carried(line, $"stop on {words[i]} {words[i + 1]}", "PartOf=");
        }
        if (expression.Contains("runlevel", StringComparison.Ordinal)) { into.Carried(line, $"stop on {expression}", "each service is stopped at shutdown"); }
        else if (!expression.Contains("stopp", StringComparison.Ordinal)) { into.Dropped(line, $"stop on {expression}", "an event that no unit stops at"); }
    }

    private static string[] Words(string expression) => expression.Split([' ', '\t', '(', ')'], StringSplitOptions.RemoveEmptyEntries);

    private bool Want(int line, string target)
    {
        unit.AddOnce("Install", "WantedBy", target, line);
        return true;
    }

    private void After(int line, string target) => unit.AddOnce("Unit", "After", target, line);
}
