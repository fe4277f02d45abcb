using SysMaster.Linux;
using SysMaster.UnitFiles.Install;
using SysMaster.UnitFiles.Lookup;
using SysMaster.UnitFiles.Tests.Lookup;

namespace SysMaster.UnitFiles.Tests.Install;

/// <summary>The same commands on two copies of a tree, by the real <c>systemctl --root=</c> and by us: the same words, files and states after each.</summary>
public sealed class InstallDifferentialTests
{
    public static TheoryData<string> Cases => new(Directory.GetFiles(InstallCase.Folder, "*.case").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void We_do_what_systemctl_does(string file) => Compare(InstallCase.Read(file));

    /// <summary>Trees by chance: the same each time. <c>INSTALL_SEED=1000</c> begins elsewhere.</summary>
    [Fact]
    public void We_do_what_systemctl_does_to_any_tree()
    {
        int first = int.Parse(Environment.GetEnvironmentVariable("INSTALL_SEED") ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        for (int seed = first; seed < first + 60; seed++)
        {
            InstallCase scenario = new InstallRandom(seed).Make();
            using var scope = new FluentAssertions.Execution.AssertionScope(string.Join('\n', [$"seed {seed}", .. scenario.Tree]));
            Compare(scenario);
        }
    }

    private static void Compare(InstallCase scenario)
    {
        using TempTree theirs = scenario.Plant();
        using TempTree ours = scenario.Plant();
        using FileTree tree = FileTree.Open(ours.Root).Value;
        var installer = new UnitFileInstaller(SearchPaths.Create(SearchScope.System, new SearchPathOptions { Tree = tree, SplitUsr = true }));

        StatesOf(installer, tree).Should().Be(StatesOf(theirs.Path), "before anything");
        foreach (string[] command in scenario.Commands)
        {
            string what = string.Join(' ', command);
            string expected = InstallCase.Theirs(theirs.Path, command);
            if (expected.Contains("Failed to look up unit file state", StringComparison.Ordinal)) { return; }   // the client's own look for init scripts

            InstallCase.Ours(installer, ours.Path, command).Should().Be(expected, what);

            ours.Listing().Should().Equal(theirs.Listing(), what);
            StatesOf(installer, tree).Should().Be(StatesOf(theirs.Path), "after " + what);
        }
    }

    private static string StatesOf(UnitFileInstaller installer, FileTree tree)
    {
        Presets presets = Presets.Read(SearchScope.System, tree);
        IEnumerable<string> lines = installer.List().Select(e => $"{e.Name} {e.State.Word()} {Preset(e, presets)}");
        return string.Join('\n', lines.Order(StringComparer.Ordinal)) + "\ndefault: " + (installer.GetDefaultTarget() is { Failed: false } d ? d.Value.Text : "none");
    }

    private static string Preset(UnitFileEntry entry, Presets presets)
        => entry.State is UnitFileState.Alias or UnitFileState.Static or UnitFileState.Generated or UnitFileState.Transient ? "-"
            : presets.Query(entry.Name).Action == PresetAction.Enable ? "enabled" : "disabled";

    private static string StatesOf(string root)
    {
        (string output, _, _) = TempTree.RunApart("systemctl", ["--root=" + root, "list-unit-files", "--no-legend", "--no-pager", "--full"]);
        IEnumerable<string> lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        (string name, int status) = TempTree.Run("systemctl", ["--root=" + root, "get-default"]);
        return string.Join('\n', lines.Order(StringComparer.Ordinal)) + "\ndefault: " + (status == 0 ? name.Trim() : "none");
    }
}
