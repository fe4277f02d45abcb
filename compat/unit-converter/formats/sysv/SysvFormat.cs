using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.Sysv;

/// <summary>
/// SysV init scripts. Where the script can be read (<see cref="ScriptReader"/>), the daemon becomes a service of its own; else the service calls the script,
/// which is always right.
/// </summary>
internal sealed class SysvFormat : SourceFormat
{
    public override string Name => "sysv";

    public override string Title => "SysV init script";

    public override bool Recognises(SourceText source, InputOptions options)
    {
        if (!source.FirstLine.StartsWith("#!", StringComparison.Ordinal)) { return false; }
        if (source.FirstLine.Contains("init-d-script", StringComparison.Ordinal)) { return true; }
        bool label = false, subject = false;
        foreach (string line in source.Lines)
        {
            string text = line.Trim();
            if (line.StartsWith("### BEGIN INIT INFO", StringComparison.Ordinal) || line.StartsWith("# chkconfig:", StringComparison.Ordinal)) { return true; }
            subject |= text.StartsWith("case ", StringComparison.Ordinal) && text.Contains("$1", StringComparison.Ordinal);
            label |= subject && (text.StartsWith("start)", StringComparison.Ordinal) || text.StartsWith("\"start\")", StringComparison.Ordinal) || text.StartsWith("'start')", StringComparison.Ordinal));
        }
        return label;
    }

    public override void Convert(SourceText source, InputOptions options, Conversion into)
    {
        LsbHeader header = LsbHeader.Read(source);
        string name = source.FileName.EndsWith(".sh", StringComparison.OrdinalIgnoreCase) ? source.FileName[..^3] : source.FileName;
        ConvertedUnit unit = into.Unit(UnitNames.Of(name, UnitKind.Service));
        string description = header.Description.Length > 0 ? header.Description : name;
        unit.Add("Unit", "Description", Quote.Line(description));
        unit.Add("Unit", "SourcePath", Quote.Line(source.Path));
        new SysvHeaderUnits(header, source, options, unit, into).Write();
        ScriptReading reading = ScriptReader.Read(source, options);
        if (reading.Failure is null) { Native(reading, unit, into); }
        if (reading.Failure is { } failure)
        {
            CallScript(source, header, reading, unit);
            into.Changed(failure.Line, "the script", $"the unit calls it, since it cannot be said in a unit: {failure.Why}");
        }
    }

    /// <summary>On trial: what is found on the way to be no matter for a unit leaves nothing behind.</summary>
    private static void Native(ScriptReading reading, ConvertedUnit unit, Conversion into)
    {
        var trial = new ConvertedUnit(unit.Name);
        var notes = new Conversion(into.Source, into.Format);
        try { new NativeService(reading, trial, notes).Write(); }
        catch (NotReadable problem)
        {
            reading.Failure = (problem.Line, problem.Message);
            return;
        }
        unit.Take(trial);
        into.TakeNotes(notes);
    }

    private static void CallScript(SourceText source, LsbHeader header, ScriptReading reading, ConvertedUnit unit)
    {
        string script = Quote.Program(source.Path);
        unit.Add("Service", "Type", "forking");
        unit.Add("Service", "Restart", "no");
        unit.Add("Service", "TimeoutSec", "5min");
        unit.Add("Service", "IgnoreSIGPIPE", "no");
        unit.Add("Service", "KillMode", "process");
        unit.Add("Service", "GuessMainPID", "no");
        bool hasPid = header.PidFile is { } pid && pid.StartsWith('/') && Quote.IsPlain(pid);
        if (hasPid) { unit.Add("Service", "PIDFile", NativeService.Run(Quote.Line(header.PidFile!))); }
        unit.Add("Service", "RemainAfterExit", hasPid ? "no" : "yes");
        // LSB: not installed, not configured. Nothing that failed.
        unit.Add("Service", "SuccessExitStatus", "5 6");
        unit.Add("Service", "ExecStart", script + " start");
        unit.Add("Service", "ExecStop", script + " stop");
        if (reading.Labels.Contains("reload")) { unit.Add("Service", "ExecReload", script + " reload"); }
    }
}
