using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.Cron;

/// <summary>A program in /etc/cron.daily and its sisters, which run-parts starts: a timer of its own, with the times of anacron's catching up.</summary>
internal sealed class CronFolderFormat : SourceFormat
{
    public override string Name => "cron-folder";

    public override string Title => "program of run-parts (cron.daily …)";

    public override bool Recognises(SourceText source, InputOptions options) => Period(source) is not null && source.FileName != ".placeholder";

    public override void Convert(SourceText source, InputOptions options, Conversion into)
    {
        string period = Period(source) ?? "daily";
        if (!source.FileName.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || source.FileName.Length == 0)
        {
            into.Error(0, source.FileName, "run-parts passes over a name with other characters than letters, digits, - and _: it has never run");
            return;
        }
        ConvertedUnit service = into.Unit(UnitNames.Of($"cron-{period}-{source.FileName}", UnitKind.Service));
        service.Add("Unit", "Description", Quote.Line($"{source.Path} ({period})"));
        service.Add("Unit", "SourcePath", Quote.Line(source.Path));
        service.Add("Service", "Type", "oneshot");
        service.Add("Service", "WorkingDirectory", "/");
        service.Add("Service", "ExecStart", Quote.Program(source.Path));
        service.Add("Service", "KillMode", "process");
        ConvertedUnit timer = into.Unit(service.Name[..^".service".Length] + ".timer");
        timer.Add("Unit", "Description", Quote.Line($"{source.FileName} {period}"));
        timer.Add("Timer", "OnCalendar", period == "weekly" ? "Sun *-*-* 00:00:00" : period);
        timer.Add("Timer", "Persistent", "yes");
        if (period != "hourly") { timer.Add("Timer", "RandomizedDelaySec", "1h"); }
        timer.Add("Install", "WantedBy", "timers.target");
        into.Carried(0, source.FileName, $"{service.Name}, when {timer.Name} says: {period}");
        into.Changed(0, "one after the other, with all of its folder", "at its own time within an hour of midnight, and later when the machine was off");
    }

    private static string? Period(SourceText source) => source.Folder[(source.Folder.LastIndexOf('/') + 1)..] switch
    {
        "cron.hourly" => "hourly",
        "cron.daily" => "daily",
        "cron.weekly" => "weekly",
        "cron.monthly" => "monthly",
        _ => null,
    };
}
