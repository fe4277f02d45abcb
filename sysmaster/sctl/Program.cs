using System.CommandLine;
using SysMaster.Sctl.BootChart;
using SysMaster.Sctl.Plan;
using SysMaster.Sctl.Slots;
using SysMaster.Sctl.Why;

namespace SysMaster.Sctl;

/// <summary>The native tool: what systemctl has no word for.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var root = new RootCommand("Ask sysmaster what systemctl has no word for.");
        root.Subcommands.Add(DirectivesCommand.Create());
        root.Subcommands.Add(LintCommand.Create());
        root.Subcommands.Add(RecoveryCommand.Create());
        root.Subcommands.Add(SlotsCommand.Create());
        root.Subcommands.Add(HistoryCommand.Create());
        root.Subcommands.Add(PlanCommand.Create());
        root.Subcommands.Add(BootChartCommand.Create());
        root.Subcommands.Add(TopCommand.Create());
        root.Subcommands.Add(UpgradeCommand.Create());
        root.Subcommands.Add(WhyCommand.Create());
        return root.Parse(args).Invoke();
    }
}
