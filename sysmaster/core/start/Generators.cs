using SysMaster.Core.Logging;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Generators;

namespace SysMaster.Core;

/// <summary>
/// Environment generators one after the other, then all unit generators at once, as helpers with a deadline; the loop goes on meanwhile.
/// systemd.generator(7), systemd.environment-generator(7).
/// </summary>
internal sealed class Generators(Manager manager, Action finished) : IHelperObserver
{
    private static readonly Usec s_limit = Usec.FromSec(90);
    /// <summary>Tags of helpers: an environment generator, or this and the place in <see cref="_paths"/>.</summary>
    private const int EnvironmentTag = 1, UnitTag = 2;

    private readonly Queue<ByteText> _environment = new();
    private readonly List<ByteText> _paths = [];
    private ByteText _environmentPath;
    private int _running;

    public void Start()
    {
        manager.Startup.Stamp(StartupClock.GeneratorsStart);
        foreach (ByteText path in GeneratorList.Find(manager.IsSystem ? GeneratorKind.SystemEnvironment : GeneratorKind.UserEnvironment, Override("SYSTEMD_ENVIRONMENT_GENERATOR_PATH")))
        {
            _environment.Enqueue(path);
        }
        NextEnvironment();
    }

    public void OnHelperEnded(int tag, ChildExit exit, ReadOnlySpan<byte> output)
    {
        if (tag == EnvironmentTag)
        {
            if (exit.IsSuccess) { Take(output); }
            else { Log.Warning($"{_environmentPath.ToString()} {How(exit)}: its output is ignored."); }
            NextEnvironment();
            return;
        }
        if (!exit.IsSuccess) { Log.Error($"{_paths[tag - UnitTag].ToString()} {How(exit)}."); }
        if (--_running == 0) { End(); }
    }

    private static string How(ChildExit exit) => exit.Code == LibC.CLD_EXITED ? $"failed with exit status {exit.Status}" : $"was ended by signal SIG{SignalText.Name(exit.Status)}";

    private void NextEnvironment()
    {
        while (_environment.TryDequeue(out ByteText path))
        {
            _environmentPath = path;
            if (!manager.Helpers.Run([path], manager.EnvironmentBlock, s_limit, this, EnvironmentTag, keepOutput: true).Failed) { return; }
            Log.Error($"The environment generator {path.ToString()} could not be started.");
        }
        RunUnitGenerators();
    }

    private void Take(ReadOnlySpan<byte> output)
    {
        var reader = new EnvironmentFileReader(output);
        while (reader.MoveNext())
        {
            if (EnvironmentText.IsValidAssignment(reader.Assignment)) { manager.SetBaseVariable(new ByteText(reader.Assignment)); }
        }
        reader.Dispose();
    }

    private void RunUnitGenerators()
    {
        Errno error = GeneratorOutput.Prepare(manager.Paths);
        if (error.Failed)
        {
            Log.Error($"The directories for generators could not be made, none is run: {error.ToString()}");
            End();
            return;
        }
        GeneratorKind kind = manager.IsSystem ? GeneratorKind.System : GeneratorKind.User;
        foreach (GeneratorPlan plan in GeneratorList.Plan(kind, manager.Paths, Override("SYSTEMD_GENERATOR_PATH")))
        {
            _paths.Add(plan.Path);
            error = manager.Helpers.Run(plan.Arguments.AsSpan(), Environment(), s_limit, this, UnitTag + _paths.Count - 1);
            if (error.Failed) { Log.Error($"The generator {plan.Path.ToString()} could not be started: {error.ToString()}"); }
            else { _running++; }
        }
        if (_running == 0) { End(); }
    }

    private IReadOnlyList<ByteText> Environment()
    {
        var machine = manager.Facts.Virtualization;
        string virtualization = machine.Id is "" or "none" ? "" : (machine.IsContainer ? "container:" : "vm:") + machine.Id;
        return new GeneratorEnvironment(!manager.IsSystem, manager.Facts.InInitrd, Sys.Exists("/run/systemd/first-boot"u8), virtualization, manager.Facts.Architecture)
            .Over(manager.EnvironmentBlock);
    }

    private void End()
    {
        GeneratorOutput.Finish(manager.Paths);
        manager.Startup.Stamp(StartupClock.GeneratorsFinish);
        finished();
    }

    private static ByteText Override(string variable)
        => System.Environment.GetEnvironmentVariable(variable) is { } list ? new ByteText(list) : default;
}
