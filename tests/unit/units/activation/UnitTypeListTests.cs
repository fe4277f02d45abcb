using System.Runtime.CompilerServices;
using SysMaster.Core;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Tests.Activation;

public sealed class UnitTypeListTests
{
    private static string Room([CallerFilePath] string here = "") =>
        System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "../../../../sysmaster/units"));

    [Fact]
    public void Every_folder_with_a_unit_type_is_registered_once_and_no_other()
    {
        var made = new List<string>();
        foreach (string folder in System.IO.Directory.GetDirectories(Room()))
        {
            if (System.IO.Directory.GetFiles(folder, "*UnitType.cs").Length > 0) { made.Add(System.IO.Path.GetFileName(folder)); }
        }

        UnitTypes.All.Select(static t => t.Kind.Word()).Should().BeEquivalentTo(made);
    }

    [Fact]
    public void Each_type_brings_its_own_directives()
    {
        foreach (UnitType type in UnitTypes.All) { type.Directives.Should().BeSameAs(AllDirectives.Of(type.Kind), type.Kind.Word()); }
    }
}
