using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.Cron;

/// <summary>Crontabs of the system (with a user column) and of users, as Vixie cron and cronie read them: a timer and a service for each line.</summary>
internal sealed class CrontabFormat : SourceFormat
{
    public override string Name => "crontab";

    public override string Title => "crontab";

    public override bool Recognises(SourceText source, InputOptions options)
    {
        if (source.Path == "/etc/crontab" || source.Folder is "/etc/cron.d" or "/var/spool/cron" or "/var/spool/cron/crontabs") { return true; }
        bool any = false;
        foreach (string raw in source.Lines)
        {
            string line = raw.Trim();
            if (line.Length == 0 || line[0] == '#' || CronLine.Variable(line) is not null) { continue; }
            if (CronLine.Schedule(line, out _, out _) is null) { return false; }
            any = true;
        }
        return any;
    }

    public override void Convert(SourceText source, InputOptions options, Conversion into)
    {
        var table = new CronTable(source, options, into);
        for (int i = 0; i < source.Lines.Length; i++) { table.Take(i + 1, source.Lines[i].Trim()); }
        table.Finish();
    }
}
