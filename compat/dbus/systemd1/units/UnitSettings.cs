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
        using var properties = new PropertyReader(unit.Manager, unit.Type, unit.Id, unit.Settings, unit.Markers);
        BusError? error = properties.Read(ref reader);
        if (error is null && (properties.Bag.Count > 0 || properties.Markers is not null) && unit.LoadState is not (UnitLoadState.Loaded or UnitLoadState.Stub))
        {
            error = unit.LoadError ?? new BusError(BusError.NoSuchUnit, $"Unit {unit.Id} is not loaded properly.");
        }
        if (error is not null)
        {
            call.Error(error.Name, error.Message);
            return;
        }
        Errno failed = Store(unit, properties.Written, runtime);
        if (failed.Failed)
        {
            call.Error(BusErrors.Failed, $"Failed to write the drop-in of unit {unit.Id}: {failed}");
            return;
        }
        if (properties.Markers is { } markers) { unit.Markers = markers; }
        if (properties.Bag.Count > 0) { unit.Manager.ApplySettings(unit, properties.Bag); }
    }

    /// <summary>One drop-in a setting: "50-MemoryMax.conf", so that a later one of the same setting replaces it.</summary>
    private static Errno Store(Unit unit, List<WrittenSetting> settings, bool runtime)
    {
        ByteText root = unit.IsTransient ? unit.Manager.Paths.Transient : runtime ? unit.Manager.Paths.RuntimeControl : unit.Manager.Paths.PersistentControl;
        string directory = $"{root}/{unit.Id}.d";
        var known = new List<ByteText>(unit.DropInPaths);
        foreach (WrittenSetting setting in settings)
        {
            Errno error = Sys.MkdirAll(new ByteText(directory), 0x1ED);
            if (error.Failed && error != Errno.EEXIST) { return error; }
            var path = new ByteText($"{directory}/50-{setting.DropIn}.conf");
            error = Write(unit, setting, path);
            if (error.Failed) { return error; }
            if (!known.Contains(path)) { known.Add(path); }
        }
        unit.Manager.NoteDropIns(unit, known);
        return Errno.None;
    }

    /// <summary>Written beside and renamed: a reader never sees half of it.</summary>
    private static Errno Write(Unit unit, WrittenSetting setting, ByteText path)
    {
        var text = new ByteBuilder(stackalloc byte[512]);
        try
        {
            text.AppendAscii(Header);
            text.Append("["u8);
            text.AppendAscii(setting.SectionIn(unit.Type.Directives));
            text.Append("]\n"u8);
            text.Append(setting.Lines.Span);
            if (setting.Row.IsList) { text.Append("\n"u8); }
            return SafeFile.Replace(path, text.Written);
        }
        finally { text.Dispose(); }
    }
}
