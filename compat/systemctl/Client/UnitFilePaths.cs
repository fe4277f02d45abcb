using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.Systemctl;

/// <summary>The files that configure a unit, as the manager knows them.</summary>
/// <param name="Fragment">"" for none.</param>
/// <param name="Note">Why there is nothing to show, where that is no failure.</param>
internal sealed record UnitFilePaths(string Fragment, string[] DropIns, string Note = "")
{
    public IEnumerable<string> All => Fragment.Length > 0 ? [Fragment, .. DropIns] : DropIns;

    /// <param name="failed">The exit code, after saying why; 0 when there is an answer.</param>
    public static UnitFilePaths? Find(Caller caller, Settings settings, string unit, out int failed)
    {
        failed = 0;
        // A template is loaded by nobody; the files tell.
        if (UnitName.TryParse(unit, out UnitName name) && name.IsTemplate) { return OfFiles(settings, name, out failed); }
        string path = UnitPath.Of(unit);
        string? load = caller.GetText(path, Caller.UnitInterface, "LoadState", out BusError? error);
        if (error is not null) { return Fail($"Failed to get LoadState: {error}", out failed); }
        if (load == "masked") { return new UnitFilePaths("", [], $"{Colors.HighlightMagenta}# Unit {unit} is masked{Colors.Normal}."); }
        if (load == "not-found") { return Fail($"No files found for {unit}.", out failed); }
        if (load is not ("loaded" or "bad-setting"))
        {
            return new UnitFilePaths("", [], $"{Colors.HighlightMagenta}# Unit {unit} could not be loaded.{Colors.Normal}");
        }
        string? fragment = caller.GetText(path, Caller.UnitInterface, "FragmentPath", out error);
        if (error is not null) { return Fail($"Failed to get FragmentPath: {error}", out failed); }
        object? dropIns = caller.GetValue(path, Caller.UnitInterface, "DropInPaths", out error);
        if (error is not null) { return Fail($"Failed to get DropInPaths: {error}", out failed); }
        string[] files = [.. ((object[])dropIns!).Cast<string>()];
        if (fragment!.Length == 0 && files.Length == 0) { return Fail($"No files found for {unit}.", out failed); }
        return new UnitFilePaths(fragment, files);
    }

    private static UnitFilePaths? OfFiles(Settings settings, UnitName name, out int failed)
    {
        failed = 0;
        if (LocalFiles.Paths(settings, out Errno error) is not { } paths) { return Fail($"Failed to find fragment for '{name}': {error}", out failed); }
        UnitLookup found = UnitFileCache.Build(paths).Find(name);
        return found.Outcome switch
        {
            LookupOutcome.Masked => new UnitFilePaths("", [], $"{Colors.HighlightMagenta}# Unit {name} is masked{Colors.Normal}."),
            LookupOutcome.Found => new UnitFilePaths(found.FragmentPath.ToString(), [.. found.DropIns.Select(d => d.ToString())]),
            _ => Fail($"No files found for {name}.", out failed),
        };
    }

    private static UnitFilePaths? Fail(string text, out int failed)
    {
        failed = Log.Error(text);
        return null;
    }
}
