using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>What the manager holds (docs/decisions/0007-memory.md); systemd's figures are the bench's business.</summary>
public sealed class MemoryTests(Containers containers) : IClassFixture<Containers>
{
    private const string Kept = "grep -h ^Rss: /proc/1/smaps_rollup /proc/$(pidof sysmaster)/smaps_rollup | awk '{ s += $2 } END { print s }'";

    [Fact]
    public void What_work_brought_in_goes_when_it_is_quiet_again()
    {
        Machine machine = containers.Get("sysmaster", "minimal");
        machine.Must("for i in 1 2 3 4 5 6 7 8 9 10; do systemctl list-units --all; systemctl show dbus; done >/dev/null");
        int used = int.Parse(machine.Must(Kept), System.Globalization.CultureInfo.InvariantCulture);

        machine.Until($"[ $({Kept}) -lt {used - 1000} ]", 20);

        machine.Must("systemctl is-active multi-user.target").Should().Be("active");
    }

    [Fact]
    public void Our_processes_take_no_huge_pages_and_services_decide_for_themselves()
    {
        Machine machine = containers.Get("sysmaster", "minimal");

        foreach (string ours in (string[])["1", "$(pidof sysmaster)", "$(pidof sysmaster-executor)"])
        {
            machine.Must($"awk '/THP_enabled/ {{ print $2 }}' /proc/{ours}/status").Should().Be("0");
        }
        machine.Must("awk '/THP_enabled/ { print $2 }' /proc/$(pidof cron)/status").Should().Be("1");
    }
}
