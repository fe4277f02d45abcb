using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SysMaster.Lint;

namespace SysMaster.Sctl.Slots;

/// <summary><c>sctl slots</c>: each replaceable part, who can be it, who is; and the switch from one to the other.</summary>
internal static class SlotsCommand
{
    private static readonly Option<string> s_root = new("--root") { Description = "Work on the root file system below this folder.", Recursive = true, DefaultValueFactory = _ => "/" };
    private static readonly Option<bool> s_json = new("--json") { Description = "Print JSON." };

    public static Command Create()
    {
        var command = new Command("slots", "Show the parts that sysmaster can take the place of, and who is in each; switch them one by one.") { s_root, s_json, Use(), Check(), Settle(), Await() };
        command.SetAction(result => Told(() => List(Tree(result), result.GetValue(s_json))));
        return command;
    }

    private static SlotTree Tree(ParseResult result) => new(result.GetValue(s_root) ?? "/");

    private static Command Use()
    {
        var slot = new Argument<string>("slot") { Description = "manager, systemctl, random-seed" };
        var provider = new Argument<string>("provider") { Description = "systemd or sysmaster" };
        var direct = new Option<bool>("--no-trial") { Description = "manager: for good, without a boot on trial." };
        var method = new Option<string?>("--method") { Description = "manager: bls, grub or link, instead of the first that fits." };
        var seconds = new Option<int>("--within") { Description = "manager: the seconds that a boot on trial has to reach its default target.", DefaultValueFactory = _ => ManagerSlot.StandardSeconds };
        var reboot = new Option<bool>("--reboot") { Description = "manager: a boot on trial whose time is over restarts the machine." };
        var command = new Command("use", "Put a provider in a slot.") { slot, provider, direct, method, seconds, reboot };
        command.SetAction(result => Told(() =>
        {
            SlotTree tree = Tree(result);
            if (result.GetValue(seconds) < 1) { throw new SlotException("--within= wants a number of seconds, 1 or more."); }
            string name = result.GetValue(slot)!;
            Slot one = name == "manager"
                ? new ManagerSlot(tree) { Method = result.GetValue(method), Reboot = result.GetValue(reboot), Seconds = result.GetValue(direct) ? 0 : result.GetValue(seconds) }
                : AllSlots.Of(tree).FirstOrDefault(any => any.Name == name) ?? throw new SlotException($"There is no slot '{name}'. `sctl slots` lists them.");
            one.Use(result.GetValue(provider)!);
            Console.Out.WriteLine(one.Told(result.GetValue(provider)!));
            return 0;
        }));
        return command;
    }

    private static Command Check()
    {
        var slot = new Argument<string>("slot") { Description = "manager" };
        var command = new Command("check", "Tell what on this machine would be different with sysmaster in the slot, with file and line. Exit code 1: something is.") { slot };
        command.SetAction(result => Told(() =>
        {
            SlotTree tree = Tree(result);
            string name = result.GetValue(slot)!;
            Slot one = AllSlots.Of(tree).FirstOrDefault(any => any.Name == name) ?? throw new SlotException($"There is no slot '{name}'. `sctl slots` lists them.");
            one.Require(Slot.Ours);
            var findings = new List<Finding>();
            if (one is ManagerSlot) { SlotCheck.Manager(tree, findings); }
            foreach (Finding finding in findings) { Console.Out.WriteLine($"{finding.File}:{finding.Line}: [{finding.Section}] {finding.Key}= {finding.Text}"); }
            Console.Out.WriteLine(findings.Count == 0 ? "Nothing is known that would be different." : string.Create(CultureInfo.InvariantCulture, $"{findings.Count} lines would lose their effect."));
            return findings.Count == 0 ? 0 : 1;
        }));
        return command;
    }

    /// <summary>What sysmaster-trial.service runs once the default target is reached, under either manager.</summary>
    private static Command Settle()
    {
        var command = new Command("settle", "Decide a trial from within its boot, or the boot after it (for sysmaster-trial.service).");
        command.SetAction(_ => Told(() =>
        {
            string running = ManagerSlot.Running() ?? throw new SlotException("PID 1 is neither systemd nor sysmaster.");
            if (new ManagerSlot(new SlotTree("/")).Settle(running, Uptime()) is { } verdict) { Console.Out.WriteLine(verdict); }
            return 0;
        }));
        return command;
    }

    /// <summary>What sysmaster-trial-deadline.service runs from early boot on: exit 1 asks its unit for the restart.</summary>
    private static Command Await()
    {
        var command = new Command("await", "Wait until a trial is decided or its time is over (for sysmaster-trial-deadline.service).");
        command.SetAction(_ => Told(() =>
        {
            var tree = new SlotTree("/");
            while (Trial.Read(tree) is { } trial && trial.Provider == ManagerSlot.Running())
            {
                if (Uptime() > trial.Seconds)
                {
                    Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The trial of {trial.Provider} has not reached default.target within {trial.Seconds} s."));
                    return trial.Reboot ? 1 : 0;
                }

                Thread.Sleep(1000);
            }

            return 0;
        }));
        return command;
    }

    /// <summary>Seconds since PID 1 was started: in a container the machine is older. proc_pid_stat(5), field 22, in clock ticks (100 a second on Linux).</summary>
    private static double Uptime()
    {
        string stat = File.ReadAllText("/proc/1/stat");
        string started = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        return double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture) - (double.Parse(started, CultureInfo.InvariantCulture) / 100);
    }

    private static int List(SlotTree tree, bool json)
    {
        IReadOnlyList<Slot> slots = AllSlots.Of(tree);
        if (json) { Console.Out.WriteLine(Json(slots)); return 0; }
        Console.Out.WriteLine($"{"SLOT",-12} {"ACTIVE",-10} {"PROVIDERS",-20} WHAT");
        foreach (Slot slot in slots)
        {
            Console.Out.WriteLine($"{slot.Name,-12} {slot.Active ?? "-",-10} {string.Join(' ', slot.Providers),-20} {slot.What}{(slot.Note.Length > 0 ? $" ({slot.Note})" : "")}");
        }

        return 0;
    }

    /// <summary>An array of objects: slot, active (or null), providers, note.</summary>
    private static string Json(IReadOnlyList<Slot> slots)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory))
        {
            writer.WriteStartArray();
            foreach (Slot slot in slots)
            {
                writer.WriteStartObject();
                writer.WriteString("slot", slot.Name);
                writer.WriteString("active", slot.Active);
                writer.WriteStartArray("providers");
                foreach (string provider in slot.Providers) { writer.WriteStringValue(provider); }
                writer.WriteEndArray();
                writer.WriteString("note", slot.Note);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private static int Told(Func<int> act)
    {
        try { return act(); }
        catch (SlotException refused) { return Failed(refused.Message); }
        catch (IOException failed) { return Failed(failed.Message); }
        catch (UnauthorizedAccessException denied) { return Failed(denied.Message); }
    }

    private static int Failed(string why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }
}
