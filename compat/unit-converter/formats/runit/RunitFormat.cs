using SysMaster.Linux;
using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.Runit;

/// <summary>
/// Service folders of runit (runsv(8)), daemontools and s6 (s6-supervise, and the sources of s6-rc). Their run program stays in the foreground and sets
/// itself up, so the unit starts it as it is.
/// </summary>
internal sealed class RunitFormat : FolderFormat
{
    public override string Name => "runit";

    public override bool Recognises(string folder)
    {
        if (IsFile($"{folder}/run")) { return true; }
        // s6-rc: a type file; bundles and oneshots have no run.
        return IsFile($"{folder}/type") && (IsFile($"{folder}/up") || Sys.Exists(SourceReader.Path($"{folder}/contents.d")) || IsFile($"{folder}/contents"));
    }

    public override void Convert(string folder, InputOptions options, Conversion into)
    {
        var service = new ServiceFolder(folder, options);
        string type = service.Line("type") ?? "longrun";
        if (type == "bundle") { Bundle(service, into); }
        else if (type == "oneshot") { new RunitService(service, into).WriteOneshot(); }
        else { new RunitService(service, into).WriteLongrun(); }
    }

    private static void Bundle(ServiceFolder service, Conversion into)
    {
        ConvertedUnit unit = into.Unit(UnitNames.Of(service.Name, UnitKind.Target));
        unit.Add("Unit", "Description", Quote.Line($"Bundle {service.Name}"));
        IEnumerable<string> members = service.Has("contents.d") ? service.List("contents.d") : service.Read("contents")?.Lines.Select(l => l.Trim()) ?? [];
        foreach (string member in members.Where(m => m.Length > 0 && !m.StartsWith('#')))
        {
            unit.AddOnce("Unit", "Wants", UnitNames.Of(member, UnitKind.Service));
            into.Carried(0, $"contents: {member}", $"Wants= of {unit.Name}");
        }
        unit.Add("Install", "WantedBy", "multi-user.target");
    }

    private static bool IsFile(string path) => Sys.Stat(SourceReader.Path(path)) is { Failed: false, Value.IsRegular: true };
}
