using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Tests.Lookup;

public sealed class UnitFileCacheTests
{
    [Fact]
    public void Masks_are_found_with_their_path()
    {
        using TempTree tree = new TempTree().Add("etc/m.service -> /dev/null", "etc/e.service = ", "lib/m.service", "lib/e.service");
        UnitFileCache cache = Build(tree);

        foreach (string name in new[] { "m.service", "e.service" })
        {
            UnitLookup found = cache.Find(UnitName.Parse(name));

            found.Outcome.Should().Be(LookupOutcome.Masked);
            found.FragmentPath.ToString().Should().Be(tree.At("etc/" + name));
        }
    }

    [Fact]
    public void Circles_and_links_to_nowhere_are_answers()
    {
        using TempTree tree = new TempTree().Add("etc/l1.service -> l2.service", "etc/l2.service -> l1.service", "etc/gone.service -> nowhere.service",
            "etc/out.service -> /nonexistent/out.service", "etc/self.service -> self.service", "etc/deep.d/x");
        UnitFileCache cache = Build(tree);

        cache.Find(UnitName.Parse("l1.service")).Error.Should().Be(Errno.ELOOP);
        cache.Find(UnitName.Parse("gone.service")).Outcome.Should().Be(LookupOutcome.NotFound);
        cache.Find(UnitName.Parse("out.service")).Outcome.Should().Be(LookupOutcome.NotFound);
        cache.Find(UnitName.Parse("self.service")).Outcome.Should().Be(LookupOutcome.NotFound);
        cache.Find(UnitName.Parse("none@x.service")).Outcome.Should().Be(LookupOutcome.NotFound);
        cache.Problems.Should().Contain(p => p.Kind == LookupProblemKind.AliasLoop);
    }

    [Fact]
    public void A_directory_that_cannot_be_read_is_told_and_the_rest_is_used()
    {
        using TempTree tree = new TempTree().Add("lib/a.service", "etc = no directory");
        UnitFileCache cache = Build(tree);

        cache.Find(UnitName.Parse("a.service")).Outcome.Should().Be(LookupOutcome.Found);
        cache.Problems.Should().ContainSingle().Which.Error.Should().Be(Errno.ENOTDIR);
    }

    [Fact]
    public void Transient_and_generated_units_say_so()
    {
        using TempTree tree = new TempTree().Add("run/systemd/transient/t.service", "run/systemd/generator/g.service", "run/systemd/generator.late/l.service",
            "etc/systemd/system/l.service");
        using FileTree root = FileTree.Open(tree.Root).Value;
        UnitFileCache cache = UnitFileCache.Build(SearchPaths.Create(SearchScope.System, new SearchPathOptions { Tree = root }));

        cache.Find(UnitName.Parse("t.service")).IsTransient.Should().BeTrue();
        cache.Find(UnitName.Parse("g.service")).IsGenerated.Should().BeTrue();
        cache.Find(UnitName.Parse("l.service")).IsGenerated.Should().BeFalse();
        cache.Find(UnitName.Parse("g.service")).FragmentPath.ToString().Should().Be(tree.At("run/systemd/generator/g.service"));
    }

    [Fact]
    public void Links_of_another_root_do_not_lead_out_of_it()
    {
        using TempTree tree = new TempTree().Add("etc/systemd/system/a.service -> ../../../../../../../../../../etc/passwd",
            "etc/systemd/system/b.service -> /usr/lib/systemd/system/real.service", "usr/lib/systemd/system/real.service", "outside -> /etc",
            "usr/lib/systemd/system/c.service -> /outside/hostname");
        using FileTree root = FileTree.Open(tree.Root).Value;
        UnitFileCache cache = UnitFileCache.Build(SearchPaths.Create(SearchScope.System, new SearchPathOptions { Tree = root }));

        cache.Find(UnitName.Parse("a.service")).Outcome.Should().Be(LookupOutcome.NotFound);
        cache.Find(UnitName.Parse("c.service")).Outcome.Should().Be(LookupOutcome.NotFound);
        cache.Find(UnitName.Parse("b.service")).Id.Text.Should().Be("real.service");
    }

    [Fact]
    public void A_file_that_came_or_went_makes_it_stale()
    {
        using TempTree tree = new TempTree().Add("lib/a.service", "etc/");
        UnitFileCache cache = Build(tree);

        cache.IsStale().Should().BeFalse();

        Directory.SetLastWriteTimeUtc(tree.At("etc"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        cache.IsStale().Should().BeTrue();
    }

    [Fact]
    public void Scanning_five_thousand_units_allocates_less_than_two_megabytes()
    {
        using TempTree tree = new TempTree().Add([.. Enumerable.Range(0, 5000).Select(i => $"lib/some-service-with-a-name-{i}.service = [Unit]")]);
        _ = Build(tree);
        long before = GC.GetAllocatedBytesForCurrentThread();

        UnitFileCache cache = Build(tree);

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        cache.Count.Should().Be(5000);
        allocated.Should().BeLessThan(2 << 20, "growing included");
        cache.Find(UnitName.Parse("some-service-with-a-name-4999.service")).Outcome.Should().Be(LookupOutcome.Found);
    }

    [Fact]
    public void Layers_show_what_is_used_and_what_is_hidden()
    {
        using TempTree tree = new TempTree().Add("lib/a.service", "etc/a.service", "lib/a.service.d/x.conf", "etc/a.service.d/x.conf -> /dev/null", "lib/service.d/all.conf");
        UnitFileCache cache = Build(tree);

        IEnumerable<string> layers = UnitFileLayers.Of(cache, cache.Find(UnitName.Parse("a.service")))
            .Select(l => $"{Path.GetRelativePath(tree.Path, l.Path.ToString())} {l.Kind}{(l.IsOverridden ? " hidden" : "")}{(l.IsMask ? " mask" : "")}");

        layers.Should().Equal("etc/a.service Fragment", "lib/a.service Fragment hidden", "etc/a.service.d/x.conf DropIn mask",
            "lib/a.service.d/x.conf DropIn hidden", "lib/service.d/all.conf DropIn");
    }

    /// <summary>The quick look at a name and the full parser agree on every text.</summary>
    [Fact]
    public void Two_ways_to_read_a_name_agree()
    {
        Gen<string> parts = Gen.Elements("a", "-", "@", ".", ".service", ".slice", "\\x2d", "/", "é", " ", "@.socket", "x.target");
        Gen<string> names = parts.ListOf().Select(l => string.Concat(l));

        Prop.ForAll(names.ToArbitrary(), text =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            UnitName full = UnitName.Parse(bytes);
            NameForm quick = NameForm.Of(bytes);
            return quick.Kind == full.Kind && quick.Form == full.Form
                && (full.Kind == UnitKind.None || (Encoding.UTF8.GetString(quick.Prefix) == full.Prefix.ToString()
                    && Encoding.UTF8.GetString(quick.Instance) == full.Instance.ToString()));
        }).Holds();
    }

    /// <summary>Whatever lies there, looking does not throw.</summary>
    [Fact]
    public void No_tree_makes_it_throw()
    {
        Gen<string> names = Gen.Elements("a.service", "b.service", "t@.service", "t@x.service", "a-b.service", "x.target", "y.mount", "service.d", "a.service.d",
            "a.service.wants", "t@.service.requires", "é.service", "-.slice", "a-.service.d");
        Gen<string> targets = Gen.Elements("a.service", "../lib/b.service", "/dev/null", "/", "..", ".", "t@.service", "t@y.service", "x.target", "/nonexistent/z",
            "../../..", "a.service/", "y.mount");
        Gen<string> line = Gen.Two(names).SelectMany(pair => targets.SelectMany(target => Gen.Choose(0, 4).Select(kind => kind switch
        {
            0 => $"lib/{pair.Item1} -> {target}",
            1 => $"etc/{pair.Item1} -> {target}",
            2 => $"etc/{pair.Item1} = [Install]",
            3 => $"lib/{pair.Item1}/",
            _ => $"etc/{pair.Item1}.wants/{pair.Item2} -> {target}",
        })));

        Prop.ForAll(line.ListOf().ToArbitrary(), lines =>
        {
            using var tree = new TempTree();
            foreach (string l in lines)
            {
                try { tree.Add(l); }
                catch (IOException) { }              // one of the lines before made that name something else
                catch (UnauthorizedAccessException) { }
            }
            UnitFileCache cache = Build(tree);
            foreach (UnitName name in cache.EnumerateNames().ToList()) { _ = cache.DependencyLinks(cache.Find(name)); }
        }).Holds();
    }

    private static UnitFileCache Build(TempTree tree)
        => UnitFileCache.Build(SearchPaths.Create(SearchScope.System, new SearchPathOptions { UnitPath = new ByteText($"{tree.At("etc")}:{tree.At("lib")}") }));
}
