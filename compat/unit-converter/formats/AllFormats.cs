using SysMaster.UnitConverter.Formats.Compose;
using SysMaster.UnitConverter.Formats.Cron;
using SysMaster.UnitConverter.Formats.Fstab;
using SysMaster.UnitConverter.Formats.Inetd;
using SysMaster.UnitConverter.Formats.OpenRc;
using SysMaster.UnitConverter.Formats.Runit;
using SysMaster.UnitConverter.Formats.RustMaster;
using SysMaster.UnitConverter.Formats.Supervisord;
using SysMaster.UnitConverter.Formats.Sysv;
using SysMaster.UnitConverter.Formats.Upstart;
using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Formats;

/// <summary>Every kind of source, the unmistakable ones first.</summary>
internal static class AllFormats
{
    public static readonly SourceFormat[] Table =
    [
        new CronFolderFormat(),
        new OpenRcFormat(),
        new SysvFormat(),
        new SupervisordFormat(),
        new ComposeFormat(),
        new RustUnitFormat(),
        new UpstartFormat(),
        new XinetdFormat(),
        new InetdFormat(),
        new CrontabFormat(),
        new FstabFormat(),
    ];

    /// <summary>The kinds that are folders.</summary>
    public static readonly FolderFormat[] Folders = [new RunitFormat()];

    public static string[] Names { get; } = [.. Table.Select(f => f.Name)];

    public static SourceFormat? Of(string name) => Array.Find(Table, f => f.Name == name);

    public static SourceFormat? Recognise(SourceText source, InputOptions options) => Array.Find(Table, f => f.Recognises(source, options));
}
