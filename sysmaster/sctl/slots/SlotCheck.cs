using SysMaster.Lint;

namespace SysMaster.Sctl.Slots;

/// <summary>What would be different on this machine with sysmaster as its manager, as far as it can be told beforehand: each with its place.</summary>
internal static class SlotCheck
{
    public static void Manager(SlotTree tree, List<Finding> findings)
    {
        LintRun.Over([], tree.At("/"), findings);
        // What systemd refuses or passes over, sysmaster does too: only what loses its effect is a difference.
        findings.RemoveAll(finding => finding.Rule != Rules.ParsedOnly);
        foreach (string place in (string[])["/etc/systemd/system.conf", "/etc/systemd/user.conf"])
        {
            if (!tree.IsFile(place)) { continue; }
            var settings = new List<Finding>();
            UnitFileLint.Run(tree.At(place), machine: null, settings);
            findings.AddRange(settings.Where(finding => finding.Rule == Rules.ParsedOnly));
        }
    }
}
