using SysMaster.UnitConverter.Formats.Shell;
using SysMaster.UnitConverter.Formats.Sysv;
using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Text;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Formats.OpenRc;

/// <summary>
/// OpenRC's service scripts: openrc-run(8). One that only sets variables becomes a service of its own; one with a start() of its own is called, for which
/// OpenRC must stay installed.
/// </summary>
internal sealed class OpenRcFormat : SourceFormat
{
    public override string Name => "openrc";

    public override string Title => "OpenRC script";

    public override bool Recognises(SourceText source, InputOptions options)
        => source.FirstLine.StartsWith("#!", StringComparison.Ordinal) && (source.FirstLine.Contains("openrc-run", StringComparison.Ordinal) || source.FirstLine.Contains("/runscript", StringComparison.Ordinal));

    public override void Convert(SourceText source, InputOptions options, Conversion into)
    {
        ConvertedUnit unit = into.Unit(UnitNames.Of(source.FileName, UnitKind.Service));
        var reading = new ScriptReading();
        OpenRcService? service = null;
        try
        {
            if (source.Text.IndexOfAny([ScriptExpansion.Open, ScriptExpansion.Close]) >= 0) { throw new NotReadable(1, "it has characters that stand for something else here"); }
            ShellNode tree = ShellParser.Parse(source.Text);
            var run = new ScriptRun(source, options, reading.Current);
            string settings = $"/etc/conf.d/{source.FileName}";
            ScriptState state = run.Run(options.Exists(settings) ? Before($". {settings}", tree) : tree, "");
            state.Variables.TryAdd("RC_SVCNAME", source.FileName);
            service = new OpenRcService(run, state, reading, source, into);
        }
        catch (NotReadable problem) { reading.Failure = (problem.Line, problem.Message); }
        catch (ShellException problem) { reading.Failure = (problem.Line, $"it is not understood: {problem.Message}"); }
        string description = service?.Text("description") ?? service?.Text("name") ?? source.FileName;
        unit.Add("Unit", "Description", Quote.Line(description));
        unit.Add("Unit", "SourcePath", Quote.Line(source.Path));
        service?.Depend(unit);
        if (service is not null) { Native(service, reading, unit, into); }
        if (reading.Failure is { } failure) { CallScript(source, failure, unit, into); }
        unit.Add("Install", "WantedBy", "multi-user.target");
        into.Advice(0, "run level", "multi-user.target wants the unit when it is enabled, in whichever of OpenRC's levels it was");
    }

    private static ShellSequence Before(string line, ShellNode tree) => new(1, [ShellParser.Parse(line), tree]);

    private static void Native(OpenRcService service, ScriptReading reading, ConvertedUnit unit, Conversion into)
    {
        var trial = new ConvertedUnit(unit.Name);
        var notes = new Conversion(into.Source, into.Format);
        try
        {
            service.Read();
            new NativeService(reading, trial, notes).Write();
            service.Finish(trial);
        }
        catch (NotReadable problem)
        {
            reading.Failure = (problem.Line, problem.Message);
            return;
        }
        unit.Take(trial);
        into.TakeNotes(notes);
    }

    private static void CallScript(SourceText source, (int Line, string Why) failure, ConvertedUnit unit, Conversion into)
    {
        string script = Quote.Program(source.Path);
        unit.Add("Service", "Type", "forking");
        unit.Add("Service", "KillMode", "process");
        unit.Add("Service", "GuessMainPID", "no");
        unit.Add("Service", "RemainAfterExit", "yes");
        unit.Add("Service", "ExecStart", script + " --nodeps start");
        unit.Add("Service", "ExecStop", script + " --nodeps stop");
        into.Changed(failure.Line, "the script", $"the unit calls it, since it cannot be said in a unit: {failure.Why}");
        into.Advice(0, "openrc-run", "the script's interpreter: keep OpenRC installed for this unit");
    }
}
