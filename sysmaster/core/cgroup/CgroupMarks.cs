using System.Text;
using SysMaster.Cgroups;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>What others read from the extended attributes of a unit's group: journald, systemd-oomd, systemd-cgls, whoever ends the machine.</summary>
internal static class CgroupMarks
{
    public static void Write(CgroupTree tree, Unit unit, ByteText group)
    {
        if (unit.IsDelegated)
        {
            _ = tree.SetMark(group, "trusted.delegate"u8, "1"u8);
            _ = tree.SetMark(group, "user.delegate"u8, "1"u8);
        }
        if (unit.Settings.IsSet(CgroupDirectives.ManagedOOMPreference))
        {
            ManagedOomPreference preference = unit.Get(CgroupDirectives.ManagedOOMPreference);
            Mark(tree, group, "user.oomd_avoid"u8, preference == ManagedOomPreference.Avoid);
            Mark(tree, group, "user.oomd_omit"u8, preference == ManagedOomPreference.Omit);
        }
        if (unit.Settings.IsSet(ExecDirectives.LogFilterPatterns)) { Patterns(tree, unit, group); }
        // Read by our last program, and by systemd's own where that ends the machine.
        if (unit.Get(UnitDirectives.SurviveFinalKillSignal) && tree.SetMark(group, "user.survive_final_kill_signal"u8, "1"u8).Failed)
        {
            _ = tree.SetMark(group, "trusted.survive_final_kill_signal"u8, "1"u8);
        }
        if (!unit.InvocationId.IsNull) { _ = tree.SetMark(group, "trusted.invocation_id"u8, Encoding.ASCII.GetBytes(unit.InvocationId.ToString())); }
    }

    private static void Mark(CgroupTree tree, ByteText group, ByteText name, bool isSet) =>
        _ = isSet ? tree.SetMark(group, name, "1"u8) : tree.RemoveMark(group, name);

    /// <summary>For journald: what is to be logged and what is not, 0xFF between them, a zero byte between two.</summary>
    private static void Patterns(CgroupTree tree, Unit unit, ByteText group)
    {
        var passing = new List<byte>();
        var denying = new List<byte>();
        foreach (ByteText pattern in unit.Get(ExecDirectives.LogFilterPatterns))
        {
            bool denies = LogPatternKind.Denies(pattern);
            List<byte> to = denies ? denying : passing;
            if (to.Count > 0) { to.Add(0); }
            to.AddRange(denies ? pattern.Span[1..] : pattern.Span);
        }
        _ = tree.SetMark(group, "user.journald_log_filter_patterns"u8, [.. passing, 0xFF, .. denying]);
    }
}
