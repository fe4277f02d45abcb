using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>What execution settings imply for the order of units. systemd.exec(5), "Implicit Dependencies".</summary>
public static class ExecDependencies
{
    private static readonly UnitName s_tmpMount = UnitName.Parse("tmp.mount");
    private static readonly UnitName s_remount = UnitName.Parse("systemd-remount-fs.service");
    private static readonly UnitName s_udevd = UnitName.Parse("systemd-udevd.service");
    private static readonly UnitName s_tmpfiles = UnitName.Parse("systemd-tmpfiles-setup.service");

    public static void Add(Unit unit)
    {
        SettingsBag set = unit.Settings;
        Manager manager = unit.Manager;
        WorkDir work = set.Get(ExecDirectives.WorkingDirectory);
        if (!work.Path.IsEmpty && !work.MayBeMissing) { manager.AddMountsFor(unit, work.Path, Dep.Requires); }
        ByteText root = set.Get(ExecDirectives.RootDirectory);
        if (!root.IsEmpty) { manager.AddMountsFor(unit, root, Dep.Requires); }
        ByteText image = set.Get(ExecDirectives.RootImage);
        if (!image.IsEmpty) { manager.AddMountsFor(unit, image, Dep.Requires); }
        AddDirectories(unit, set);
        if (!manager.IsSystem) { return; }
        // Its partitions are devices of their own.
        if (!image.IsEmpty) { unit.AddDependency(Dep.After, s_udevd, DepOrigin.File); }
        if (set.IsSet(ExecDirectives.StateDirectory) || set.IsSet(ExecDirectives.CacheDirectory) || set.IsSet(ExecDirectives.LogsDirectory))
        {
            unit.AddDependency(Dep.After, s_remount, DepOrigin.File);
        }
        if (set.Get(ExecDirectives.PrivateTmp))
        {
            // Wanted, not required: tmp.mount may be masked.
            unit.AddDependency(Dep.Wants | Dep.After, s_tmpMount, DepOrigin.File);
            manager.AddMountsFor(unit, "/var/tmp"u8, Dep.Requires);
            unit.AddDependency(Dep.After, s_tmpfiles, DepOrigin.File);
        }
        ByteText space = set.Get(ExecDirectives.LogNamespace);
        if (!space.IsEmpty)
        {
            var escaped = new ByteBuilder();
            UnitNameEscape.Escape(space.Span, ref escaped);
            AddNamespaceSocket(unit, $"systemd-journald@{escaped.ToString()}.socket");
            AddNamespaceSocket(unit, $"systemd-journald-varlink@{escaped.ToString()}.socket");
            escaped.Dispose();
        }
        else if (UsesJournal(manager, set) && unit.Id != SpecialUnits.JournaldService)
        {
            unit.AddDependency(Dep.After, SpecialUnits.JournaldSocket, DepOrigin.File);
        }
    }

    private static void AddNamespaceSocket(Unit unit, string name) => unit.AddDependency(Dep.After | Dep.Requires, UnitName.Parse(name), DepOrigin.File);

    private static void AddDirectories(Unit unit, SettingsBag set)
    {
        ReadOnlySpan<Directive<ExecDirectory[]>> rows =
            [ExecDirectives.RuntimeDirectory, ExecDirectives.StateDirectory, ExecDirectives.CacheDirectory, ExecDirectives.LogsDirectory, ExecDirectives.ConfigurationDirectory];
        for (int kind = 0; kind < rows.Length; kind++)
        {
            if (!set.IsSet(rows[kind])) { continue; }
            foreach (ExecDirectory directory in set.Get(rows[kind]))
            {
                unit.Manager.AddMountsFor(unit, new ByteText($"{unit.Manager.Exec.DirectoryBases[kind].ToString()}/{directory.Path.ToString()}"), Dep.Requires);
            }
        }
    }

    private static bool UsesJournal(Manager manager, SettingsBag set)
    {
        ExecOutput output = StandardStreams.OutputOf(manager, set).To;
        ExecOutput error = (set.IsSet(ExecDirectives.StandardError) ? set.Get(ExecDirectives.StandardError) : manager.DefaultError).To;
        return IsJournal(output) || IsJournal(error);
    }

    private static bool IsJournal(ExecOutput to) =>
        to is ExecOutput.Journal or ExecOutput.JournalAndConsole or ExecOutput.Kmsg or ExecOutput.KmsgAndConsole;
}

/// <summary>Slice=, or where a unit lies when nobody said so.</summary>
public static class SliceRules
{
    public static UnitName? For(Unit unit)
    {
        if (unit.Settings.IsSet(CgroupDirectives.Slice)) { return unit.Get(CgroupDirectives.Slice); }
        // Instances of one template share a slice of their own.
        if (unit.Id.IsInstance)
        {
            var text = new ByteBuilder();
            UnitNameEscape.Escape(System.Text.Encoding.ASCII.GetBytes(unit.Id.Prefix.ToString()), ref text);
            UnitName slice = UnitName.Parse($"{(unit.Manager.IsSystem ? "system" : "app")}-{text.ToString()}.slice");
            text.Dispose();
            if (slice.IsValid) { return slice; }
        }
        if (unit.IsExtrinsic) { return SpecialUnits.RootSlice; }
        return unit.Manager.IsSystem ? SpecialUnits.SystemSlice : SpecialUnits.AppSlice;
    }
}
