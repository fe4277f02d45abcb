using System.Text.RegularExpressions;
using SysMaster.DBus.Systemd1;
using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>
/// Who may call what: every method and every property that can be set, of every interface, as somebody who is not root, over a real message bus, with each answer of
/// polkit. Compared with what the real systemd answers where it has the method, else with what the declaration says.
/// </summary>
public sealed partial class SecurityTableTests
{
    /// <summary>What the administrator may have set up.</summary>
    public static TheoryData<string, bool> Ways() => new()
    {
        { "absent", false }, { "refuses", false }, { "challenges", false }, { "allows", false },
        // With a bus that lets everything through, it is the manager alone that refuses.
        { "absent", true }, { "refuses", true }, { "challenges", true }, { "allows", true },
    };

    /// <summary>Where we say no and systemd does not: on purpose.</summary>
    private static readonly Dictionary<string, string> s_stricter = new()
    {
        // Whoever may not start a unit is not told which of them have a job.
        ["org.freedesktop.systemd1.Manager.StartUnitReplace"] = "org.freedesktop.DBus.Error.(AccessDenied: Permission denied|InteractiveAuthorizationRequired: .*)|org.freedesktop.systemdN.NoSuchJob: .*",
        // It asks nobody, and relies on the policy of the bus.
        ["org.freedesktop.systemd1.Manager.SetExitCode"] = "org.freedesktop.DBus.Error.AccessDenied: .*",
    };

    [Theory, MemberData(nameof(Ways))]
    public void Somebody_may_do_what_he_may_do_under_systemd(string polkit, bool busIsOpen)
    {
        Dictionary<BusMemberFacts, string> ours = Table("sysmaster", polkit, busIsOpen);

        List<string> differences = Differences(Table("systemd", polkit, busIsOpen), ours, polkit, busIsOpen);
        // A call that systemd itself leaves without an answer, once in many runs, says nothing of what it allows: it is asked again.
        if (differences.Exists(static d => d.EndsWith("systemd: no answer", StringComparison.Ordinal)))
        {
            differences = Differences(Table("systemd", polkit, busIsOpen), ours, polkit, busIsOpen);
        }

        string.Join('\n', differences).Should().BeEmpty();
    }

    private static List<string> Differences(Dictionary<BusMemberFacts, string> reference, Dictionary<BusMemberFacts, string> measured, string polkit, bool busIsOpen)
    {
        List<string> differences = [];
        foreach ((BusMemberFacts member, string ours) in measured)
        {
            string theirs = reference.GetValueOrDefault(member, "");
            string expected = theirs.Length == 0 || IsUnknown(theirs) ? Declared(member, polkit, busIsOpen) : theirs;
            string pattern = s_stricter.GetValueOrDefault($"{member.Interface}.{member.Member}") ?? (expected == theirs ? Regex.Escape(expected) : expected);
            if (!Regex.IsMatch(ours, $"^({pattern})$", RegexOptions.Singleline))
            {
                differences.Add($"{member.Interface}.{member.Member}: {ours}\n    {(expected == theirs ? "systemd" : "declared")}: {expected}");
            }
        }
        return differences;
    }

    /// <summary>Of what systemd 252 has not: refused as its declaration says, or let through to whatever it answers.</summary>
    private static string Declared(BusMemberFacts member, string polkit, bool busIsOpen)
    {
        if (!busIsOpen) { return "org.freedesktop.DBus.Error.AccessDenied: Rejected send message.*"; }
        if (member.Access == Access.Anyone) { return "(?!org.freedesktop.DBus.Error.(AccessDenied|Interactive)).*"; }
        if (Access.ActionOf(member.Access).Length == 0) { return $"org.freedesktop.DBus.Error.AccessDenied: Access to {Regex.Escape(Normal($"{member.Interface}.{member.Member}"))}\\(\\) not permitted\\."; }
        return polkit switch
        {
            "allows" => "(?!org.freedesktop.DBus.Error.(AccessDenied|Interactive)).*",
            "challenges" => "org.freedesktop.DBus.Error.InteractiveAuthorizationRequired: Interactive authentication required\\.",
            _ => "org.freedesktop.DBus.Error.AccessDenied: Permission denied",
        };
    }

    private static Dictionary<BusMemberFacts, string> Table(string provider, string polkit, bool busIsOpen)
    {
        using Machine machine = Containers.Boot(provider, "server");
        string job = Prepare(machine, polkit, busIsOpen);
        // Descriptors cannot be sent by the script, and nobody waits for an answer of Reexecute.
        List<BusMemberFacts> members = [.. BusMembers.All.Where(static m => m.Input != "h" && m.Interface != "org.freedesktop.DBus" && m.Member != "Reexecute").OrderBy(Turn)];
        IReadOnlyList<string> answers = BusRelay.Send(machine, "nobody", [.. members.Select(m => BusArguments.CallOf(m, m.Path.Replace("{job}", job, StringComparison.Ordinal)))]);
        answers.Should().HaveSameCount(members);
        machine.Must("systemctl is-active cron").Should().Be("active");
        return members.Zip(answers).ToDictionary(static pair => pair.First, static pair => Normal(pair.Second));
    }

    /// <summary>A unit with a job is not frozen, so that comes before all that queues jobs, which nobody waits for; what turns the manager around comes last.</summary>
    private static int Turn(BusMemberFacts member) => member.Member switch
    {
        "FreezeUnit" or "ThawUnit" or "Freeze" or "Thaw" => 0,
        "Reload" or "Cancel" or "ClearJobs" => 2,
        _ => 1,
    };

    private static string Prepare(Machine machine, string polkit, bool busIsOpen)
    {
        string result = polkit switch { "allows" => "YES", "refuses" => "NO", _ => "AUTH_ADMIN" };
        machine.Must($$"""
            cd /etc/systemd/system
            printf '[Service]\nExecStart=sleep 1000\n[Install]\nWantedBy=multi-user.target\n' >sec.service
            printf '[Socket]\nListenStream=/run/sec.sock\nService=sec.service\n' >sec.socket
            printf '[Service]\nType=oneshot\nExecStart=sleep 1000\n' >sec-job.service
            printf '[Unit]\nAfter=sec-job.service\n[Service]\nExecStart=sleep 1000\n' >sec-next.service
            systemctl daemon-reload; systemctl start sec.service; systemctl start --no-block sec-job.service sec-next.service
            echo 'polkit.addRule(function(action, subject) { return polkit.Result.{{result}}; });' >/etc/polkit-1/rules.d/00-sec.rules
            chmod 644 /etc/polkit-1/rules.d/00-sec.rules
            if [ {{busIsOpen}} = True ]; then
                echo '<busconfig><policy context="default"><allow send_destination="org.freedesktop.systemd1"/></policy></busconfig>' >/etc/dbus-1/system.d/zz-open.conf
            fi
            if [ {{polkit}} = absent ]; then rm /usr/share/dbus-1/system-services/org.freedesktop.PolicyKit1.service; systemctl stop polkit; fi
            busctl call org.freedesktop.DBus / org.freedesktop.DBus ReloadConfig
            if [ {{polkit}} != absent ]; then systemctl restart polkit; fi
            """);
        string id = machine.Must("systemctl list-jobs --no-legend --plain sec-next.service | cut -d' ' -f1");
        return $"/org/freedesktop/systemd1/job/{id}";
    }

    private static bool IsUnknown(string answer) => answer.StartsWith("org.freedesktop.DBus.Error.Unknown", StringComparison.Ordinal);

    private static string Normal(string answer) => Numbers().Replace(Sender().Replace(answer, ""), "N");

    [GeneratedRegex(" sender=.*")]
    private static partial Regex Sender();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers();
}
