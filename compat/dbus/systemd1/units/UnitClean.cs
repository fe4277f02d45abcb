using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.Linux;

namespace SysMaster.DBus.Systemd1;

/// <summary>CleanUnit: removes the directories that a unit has made for itself. systemctl(1), clean.</summary>
internal static class UnitClean
{
    /// <param name="reader">Stands before (mask as): words of <see cref="UnitDirectories"/>, "all", or nothing for runtime and cache.</param>
    public static void Run(Unit unit, MethodCall call, MessageReader reader)
    {
        string[] mask = reader.ReadTexts();
        foreach (string word in mask)
        {
            if (word is not ("runtime" or "state" or "cache" or "logs" or "configuration" or "fdstore" or "all"))
            {
                call.Error(BusErrors.InvalidArgs, $"Invalid resource type: {word}");
                return;
            }
        }
        if (!unit.CanClean)
        {
            call.Error(BusErrors.NotSupported, $"Unit '{unit.Id}' does not support cleaning.");
            return;
        }
        if (unit.Job is not null || !unit.ActiveState.IsInactiveOrFailed())
        {
            call.Error(BusError.UnitBusy, "Unit is not inactive or has pending job.");
            return;
        }
        bool any = false;
        for (int kind = 0; kind < UnitDirectories.Kinds.Length; kind++)
        {
            (string word, Directive<ExecDirectory[]> row) = UnitDirectories.Kinds[kind];
            ByteText root = unit.Manager.Exec.DirectoryBases[kind];
            bool wanted = mask.Length == 0 ? word is "runtime" or "cache" : Array.IndexOf(mask, word) >= 0 || Array.IndexOf(mask, "all") >= 0;
            if (!wanted) { continue; }
            foreach (ByteText file in word == "state" ? unit.StateFiles : [])
            {
                any = true;
                _ = Sys.Unlink(file);
            }
            if (!unit.Type.Has(UnitCaps.HasExec)) { continue; }
            foreach (ExecDirectory directory in unit.Get(row))
            {
                any = true;
                unit.Manager.Helpers.RemoveTree(unit, new ByteText($"{root}/{directory.Path}"));
                // Of DynamicUser= units: what the name is only a link to.
                if (word is not "configuration") { unit.Manager.Helpers.RemoveTree(unit, new ByteText($"{root}/private/{directory.Path}")); }
            }
        }
        if (!any) { call.Error(BusError.NothingToClean, "No matching resources found."); }
    }
}
