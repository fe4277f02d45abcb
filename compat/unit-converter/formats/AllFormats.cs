using SysMaster.UnitConverter.Formats.Cron;
using SysMaster.UnitConverter.Formats.Fstab;
using SysMaster.UnitConverter.Formats.Inetd;
using SysMaster.UnitConverter.Formats.Sysv;
using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Formats;

/// <summary>Every kind of source, the unmistakable ones first.</summary>
internal static class AllFormats
{
    public static readonly SourceFormat[] Table =
    [
        new CronFolderFormat(),
        new SysvFormat(),
        new XinetdFormat(),
        new InetdFormat(),
        new CrontabFormat(),
        new FstabFormat(),
    ];

    public static string[] Names { get; } = [.. Table.Select(f => f.Name)];

    public static SourceFormat? Of(string name) => Array.Find(Table, f => f.Name == name);

    public static SourceFormat? Recognise(SourceText source, InputOptions options) => Array.Find(Table, f => f.Recognises(source, options));
}
