using System.Text;
using SysMaster.Linux;
using SysMaster.UnitFiles.Generators;
using SysMaster.UnitFiles.Lookup;
using SysMaster.UnitFiles.Tests.Lookup;

namespace SysMaster.UnitFiles.Tests.Generators;

public sealed class GeneratorTests
{
    [Fact]
    public void One_name_runs_once_and_masks_hide()
    {
        using TempTree tree = new TempTree().Add("one/a = #!/bin/sh", "two/a = #!/bin/sh", "two/b = #!/bin/sh", "one/c -> /dev/null", "two/c = #!/bin/sh", "one/e = ",
            "two/e = #!/bin/sh", "two/plain = x", "two/.hidden = #!/bin/sh");
        TempTree.Run("chmod", ["755", .. new[] { "one/a", "two/a", "two/b", "two/c", "one/e", "two/e", "two/.hidden" }.Select(tree.At)]).Status.Should().Be(0);

        List<ByteText> programs = GeneratorList.Find(GeneratorKind.System, new ByteText($"{tree.At("one")}:{tree.At("two")}"));

        programs.Select(p => p.ToString()).Should().Equal(tree.At("one/a"), tree.At("two/b"));
    }

    [Fact]
    public void Generators_get_the_three_directories()
    {
        SearchPaths paths = SearchPaths.Create(SearchScope.System);

        foreach (GeneratorPlan plan in GeneratorList.Plan(GeneratorKind.System, paths))
        {
            plan.Arguments.Select(a => a.ToString()).Should().Equal(plan.Path.ToString(), "/run/systemd/generator", "/run/systemd/generator.early", "/run/systemd/generator.late");
        }
        GeneratorList.Plan(GeneratorKind.System, paths).Should().NotBeEmpty("this machine has systemd's own");
    }

    [Fact]
    public void Output_directories_are_emptied_before_and_the_empty_ones_go_after()
    {
        using TempTree tree = new TempTree().Add("run/systemd/generator/old.service", "run/systemd/generator/x.wants/old.service -> ../old.service",
            "run/systemd/generator.late/l -> /etc", "keep/k");
        SearchPaths paths = SearchPaths.Create(SearchScope.User, new SearchPathOptions { RuntimeDirectory = new ByteText(tree.At("run")), Home = new ByteText("/h") });

        GeneratorOutput.Prepare(paths).Should().Be(Errno.None);
        tree.Listing().Should().Equal("keep/", "keep/k", "run/", "run/systemd/", "run/systemd/generator.early/", "run/systemd/generator.late/", "run/systemd/generator/");

        tree.Add("run/systemd/generator.early/new.service");
        GeneratorOutput.Finish(paths);
        tree.Listing().Should().Equal("keep/", "keep/k", "run/", "run/systemd/", "run/systemd/generator.early/", "run/systemd/generator.early/new.service");
    }

    [Fact]
    public void The_managers_variables_give_way_to_the_generators()
    {
        var facts = new GeneratorEnvironment(IsUser: false, InInitrd: false, FirstBoot: true, "vm:qemu", "x86-64");

        IEnumerable<string> block = facts.Over([new ByteText("LANG=C"), new ByteText("SYSTEMD_SCOPE=other")]).Select(v => Encoding.UTF8.GetString(v.Span));

        block.Should().Equal("LANG=C", "SYSTEMD_SCOPE=system", "SYSTEMD_IN_INITRD=0", "SYSTEMD_FIRST_BOOT=1", "SYSTEMD_VIRTUALIZATION=vm:qemu", "SYSTEMD_ARCHITECTURE=x86-64");
    }
}
