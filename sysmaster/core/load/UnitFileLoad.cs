using SysMaster.Core.Directives;
using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>Reads a unit's files into its settings.</summary>
internal sealed class UnitFileLoad(Unit unit, SettingsBag bag) : IDiagnostics
{
    private const int FileLimit = 4 << 20;
    private int _fileIndex;

    /// <summary>Where settings without an effect were last written; made for the first of them.</summary>
    private Dictionary<Directive, (ByteText File, int Line)>? _idle;

    /// <summary>A setting was so bad that the unit must not be started.</summary>
    public bool IsFatal { get; private set; }

    public Errno ReadFragment(ByteText path) => ReadOne(path);

    public void ReadDropIn(ByteText path)
    {
        if (IsFatal) { return; }
        Errno error = ReadOne(path);
        if (error.Failed && error != Errno.ENOENT)
        {
            Log.Warning(unit, $"Failed to read drop-in {path.ToString()}, ignoring: {error.ToString()}");
        }
    }

    public static Usec Mtime(ByteText path)
    {
        Result<FileStat> stat = Sys.Stat(path);
        return stat.Failed ? Usec.Zero : new Usec((ulong)Math.Max(stat.Value.MtimeUsec, 0));
    }

    public void Report(Severity severity, ByteText file, int line, string text)
    {
        LogLevel level = severity == Severity.Error ? LogLevel.Error : severity == Severity.Warning ? LogLevel.Warning : LogLevel.Notice;
        var context = new LogContext(unit) { NoPrefix = true, MessageId = MessageIds.InvalidConfiguration, ConfigFile = file.ToString(), ConfigLine = line };
        if (line > 0) { Log.Write(level, context, $"{text}"); }
        else { Log.Write(level, context, $"{unit.Id}: {text}"); }
    }

    /// <summary>
    /// Once all files are read: one line for each setting that is only parsed. What was reset, or is written as it is by default, loses nothing.
    /// </summary>
    public void ReportIdle()
    {
        if (_idle is null) { return; }
        foreach (Setting setting in bag.Items)
        {
            if (setting.IsDefault) { continue; }
            foreach ((Directive row, (ByteText file, int line)) in _idle)
            {
                if (row.SlotRow != setting.Row) { continue; }
                Report(Severity.Warning, file, line, $"{row.Name}= is known but has no effect with this manager, ignoring.");
            }
        }
    }

    private Errno ReadOne(ByteText path)
    {
        Result<byte[]> content = unit.Manager.TextOf(path, unit.Id.IsInstance, FileLimit);
        if (content.Failed) { return content.Error; }
        var context = new ParseContext(unit.Id, unit.Manager.SpecifiersFor(unit), this) { File = path, IsUser = !unit.Manager.IsSystem };
        int index = _fileIndex++;
        var reader = new UnitFileReader(content.Value);
        DirectiveSection? section = null;
        try
        {
            while (reader.MoveNext())
            {
                context.Origin = new Origin(index, reader.Line);
                switch (reader.Item)
                {
                    case UnitFileItem.Section:
                        section = Section(ref reader, ref context);
                        break;
                    case UnitFileItem.Assignment when section is not null:
                        Assign(section, ref reader, ref context);
                        if (context.IsFatal) { return Fatal(); }
                        break;
                    case UnitFileItem.BadLine:
                        bool isText = reader.Problem != UnitFileProblem.NotUtf8;
                        context.Report(reader.IsFatal && isText ? Severity.Error : Severity.Warning, UnitFileMessages.Of(reader.Problem, reader.Raw));
                        if (reader.IsFatal) { return isText ? Errno.EBADMSG : Errno.EINVAL; }
                        break;
                }
            }
        }
        finally
        {
            reader.Dispose();
        }
        return Errno.None;
    }

    /// <summary>What follows the line is not read: it could only be half of what was meant.</summary>
    private Errno Fatal()
    {
        Log.Notice(unit, $"Unit configuration has fatal error, unit will not be started.");
        IsFatal = true;
        return Errno.None;
    }

    private DirectiveSection? Section(ref UnitFileReader reader, ref ParseContext context)
    {
        if (unit.Type.Directives.Section(reader.Section) is { } known) { return known; }
        if (reader.Section.SequenceEqual("Install"u8))
        {
            reader.IgnoreSection();
            return null;
        }
        if (!reader.Section.StartsWith("X-"u8))
        {
            context.Report(Severity.Warning, UnitFileMessages.UnknownSection(reader.Section));
        }
        reader.IgnoreSection();
        return null;
    }

    private void Assign(DirectiveSection section, ref UnitFileReader reader, ref ParseContext context)
    {
        Directive? row = section.Find(reader.Key);
        if (row is null)
        {
            if (!reader.Key.StartsWith("X-"u8)) { context.Report(Severity.Warning, UnitFileMessages.UnknownKey(reader.Key, reader.Section)); }
            return;
        }
        context.Name = row.Name ?? "";
        row.Parse(bag, reader.Value, context);
        if (row.Honour == Honour.Not) { (_idle ??= [])[row] = (context.File, reader.Line); }
    }
}
