using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.DBus.Systemd1;

/// <summary>SetUnitProperties: settings changed while the unit is loaded, at once and (as drop-ins) for later. systemctl(1), set-property.</summary>
internal static class UnitSettings
{
    private const string Header = """
        # This is a drop-in unit file extension, created via "systemctl set-property"
        # or an equivalent operation. Do not edit.

        """;

    /// <param name="reader">Stands before (runtime b, properties a(sv)).</param>
    public static void Set(BusFront front, Unit unit, MethodCall call, MessageReader reader)
    {
        bool runtime = reader.ReadBoolean();
        var properties = new PropertyReader(unit.Manager, unit.Type, unit.Id, unit.Settings, front.MarkersOf(unit));
        BusError? error = properties.Read(ref reader);
        if (error is null && properties.Bag.Count > 0 && unit.LoadState is not (UnitLoadState.Loaded or UnitLoadState.Stub))
        {
            error = unit.LoadError ?? new BusError(BusError.NoSuchUnit, $"Unit {unit.Id} is not loaded properly.");
        }
        if (error is not null)
        {
            call.Error(error.Name, error.Message);
            return;
        }
        Errno failed = Store(unit, properties.Bag, runtime);
        if (failed.Failed)
        {
            call.Error(BusErrors.Failed, $"Failed to write the drop-in of unit {unit.Id}: {failed}");
            return;
        }
        if (properties.Markers is { } markers) { front.SetMarkers(unit, markers); }
        if (properties.Bag.Count > 0) { unit.Manager.ApplySettings(unit, properties.Bag); }
    }

    /// <summary>One drop-in a setting: "50-MemoryMax.conf", so that a later one of the same setting replaces it.</summary>
    private static Errno Store(Unit unit, SettingsBag bag, bool runtime)
    {
        ByteText root = unit.IsTransient ? unit.Manager.Paths.Transient : runtime ? unit.Manager.Paths.RuntimeControl : unit.Manager.Paths.PersistentControl;
        string directory = $"{root}/{unit.Id}.d";
        var known = new List<ByteText>(unit.DropInPaths);
        foreach (Setting setting in bag.Items)
        {
            Errno error = Sys.MkdirAll(new ByteText(directory), 0x1ED);
            if (error.Failed && error != Errno.EEXIST) { return error; }
            var path = new ByteText($"{directory}/50-{setting.Row.Name}.conf");
            error = Write(unit, setting, path);
            if (error.Failed) { return error; }
            if (!known.Contains(path)) { known.Add(path); }
        }
        unit.Manager.NoteDropIns(unit, known);
        return Errno.None;
    }

    /// <summary>Written beside and renamed: a reader never sees half of it.</summary>
    private static Errno Write(Unit unit, Setting setting, ByteText path)
    {
        var text = new ByteBuilder(stackalloc byte[512]);
        try
        {
            text.AppendAscii(Header);
            text.Append("["u8);
            text.AppendAscii(SectionOf(unit.Type.Directives, setting.Row));
            text.Append("]\n"u8);
            // The drop-in says the whole list, whatever the unit's file says.
            if (setting.IsList)
            {
                text.AppendAscii(setting.Row.Name ?? "");
                text.Append("=\n"u8);
            }
            setting.PrintLines(ref text);
            if (setting.IsList) { text.Append("\n"u8); }
            return SafeFile.Replace(path, text.Written);
        }
        finally { text.Dispose(); }
    }

    private static string SectionOf(DirectiveSet set, Directive row)
    {
        foreach (DirectiveSection section in set.Sections)
        {
            foreach (DirectiveTable table in section.Tables)
            {
                foreach (Directive mine in table.Rows)
                {
                    if (ReferenceEquals(mine, row)) { return section.Name; }
                }
            }
        }
        throw new InvalidOperationException($"{row.Name} has no section");
    }
}
