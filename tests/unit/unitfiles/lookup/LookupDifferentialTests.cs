using System.Text.RegularExpressions;
using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Tests.Lookup;

/// <summary>The same tree, read by the real systemd (its <c>systemd-analyze verify</c> prints the units it loaded) and by us.</summary>
public sealed partial class LookupDifferentialTests
{
    public static TheoryData<string, string[], string[]> Cases => new()
    {
        {
            "drop-ins of a plain name: prefixes, type, path before name",
            [
                "lib/a-b-c.service", "etc/a-b-c.service.d/10.conf", "etc/a-b-c.service.d/50.conf", "lib/a-b-c.service.d/20.conf",
                "etc/a-.service.d/20.conf", "etc/a-.service.d/etc.conf", "lib/a-.service.d/30.conf", "lib/a-b-.service.d/30.conf",
                "lib/a-b-.service.d/lib.conf", "etc/service.d/50.conf", "etc/service.d/t.conf", "lib/service.d/t.conf", "lib/service.d/u.conf",
            ],
            ["a-b-c.service"]
        },
        {
            "drop-ins of an instance",
            [
                "lib/p-q-r@.service", "lib/p-.service.d/10.conf", "lib/p-@.service.d/11.conf", "lib/p-@i-j.service.d/12.conf",
                "lib/p-@i-.service.d/13.conf", "lib/p-q-.service.d/14.conf", "lib/p-q-@.service.d/15.conf", "lib/p-q-@i-j.service.d/16.conf",
                "lib/p-q-r-.service.d/17.conf", "lib/p-q-r@.service.d/18.conf", "lib/p-q-r@i-j.service.d/19.conf",
                "lib/p-q-r@i-.service.d/20.conf", "lib/p-q-r.service.d/21.conf",
                "lib/p-.service.d/x.conf", "lib/p-@.service.d/x.conf", "lib/p-q-@i-j.service.d/x.conf", "lib/p-q-.service.d/x.conf",
            ],
            ["p-q-r@i-j.service"]
        },
        {
            "drop-ins: masks, links, hidden ones, directories, other suffixes, linked directories",
            [
                "lib/a.service", "etc/a.service.d/m.conf -> /dev/null", "lib/a.service.d/m.conf", "etc/a.service.d/e.conf = ", "lib/a.service.d/e.conf",
                "etc/a.service.d/l.conf -> ../../lib/a.service.d/m.conf", "etc/a.service.d/gone.conf -> nowhere", "etc/a.service.d/dir.conf/",
                "etc/a.service.d/.h.conf", "etc/a.service.d/b.conf~", "etc/a.service.d/README", "etc/real/x.conf", "run/a.service.d -> ../etc/real",
                "lib/a--b-.service", "lib/a--.service.d/1.conf", "lib/a-.service.d/2.conf", "lib/a--b-.service.d/3.conf",
            ],
            ["a.service", "a--b-.service"]
        },
        {
            "aliases",
            [
                "lib/real.service", "lib/alias.service -> real.service", "etc/alias2.service -> alias.service",
                "run/alias3.service -> @ROOT/lib/real.service", "etc/alias4.service -> ../lib/real.service", "lib/real.service.d/1.conf",
                "lib/real.service.d/2.conf", "etc/alias.service.d/2.conf", "etc/alias.service.d/3.conf",
            ],
            ["real.service"]
        },
        {
            "an alias by its own name",
            ["lib/real.service", "etc/alias.service -> ../lib/real.service", "lib/alias.service.d/1.conf"],
            ["alias.service"]
        },
        {
            "a directory behind a link is part of the search path",
            ["lib/rr.service", "lnk -> lib", "etc/rrr.service -> ../lnk/rr.service", "etc/abs.service -> @ROOT/lnk/rr.service"],
            ["rr.service"]
        },
        {
            "templates, instances and their aliases",
            [
                "lib/t@.service", "etc/u@.service -> t@.service", "etc/t@one.service -> ../lib/t@.service", "etc/w@two.service -> t@.service",
                "lib/t@.service.d/1.conf", "lib/u@.service.d/2.conf", "lib/t@one.service.d/3.conf", "lib/t@own.service",
            ],
            ["t@one.service", "t@x.service", "t@two.service", "t@own.service"]
        },
        {
            "names that may not be aliases are passed over",
            [
                "lib/real.service", "lib/t@.service", "lib/real.timer = [Timer]\\nOnBootSec=1d\\n", "etc/wrongtype.service -> real.timer",
                "etc/t@two.service -> real.service", "etc/fixed.service -> t@inst.service", "etc/plain.service -> t@.service",
                "etc/t@a.service -> t@b.service", "lib/fixed.service",
            ],
            ["real.service", "t@two.service", "fixed.service", "t@a.service"]
        },
        {
            "linked files keep the path of their link",
            [
                "out/linked.service", "out/lt@.service", "etc/linked.service -> @ROOT/out/linked.service", "etc/other.service -> ../out/linked.service",
                "lib/third.service -> linked.service", "etc/lt@.service -> @ROOT/out/lt@.service", "etc/lu@.service -> lt@.service",
                "etc/li@5.service -> ../out/lt@.service", "out/deep", "etc/weird.service -> ../out/deep", "etc/linked.service.d/a.conf",
            ],
            ["linked.service", "other.service", "lt@1.service", "li@5.service", "weird.service"]
        },
        {
            "dependency links",
            [
                "lib/real.service", "lib/real.timer = [Timer]\\nOnBootSec=1d\\n", "lib/t@.service", "lib/second.service", "etc/alias.service -> real.service",
                "lib/real.service.wants/real.timer -> ../real.timer", "lib/real.service.wants/nulled.service -> /dev/null",
                "etc/real.service.wants/second.service -> /dev/null", "lib/real.service.wants/second.service -> ../second.service",
                "etc/alias.service.requires/t@x.service -> ../../lib/t@.service", "lib/real.service.wants/regular.service",
                "lib/real.service.wants/t@.service -> ../t@.service", "lib/real.service.wants/gone.service -> nowhere",
                "lib/real.service.wants/no-unit -> ../second.service", "lib/service.wants/byt@ype.service -> ../t@.service",
            ],
            ["real.service"]
        },
        {
            "dependency links of an instance",
            [
                "lib/t@.service", "lib/u@.service", "lib/v@.service", "lib/a.service", "lib/b.service",
                "etc/t@.service.wants/u@.service -> ../../lib/u@.service", "etc/t@one.service.wants/a.service -> ../../lib/a.service",
                "etc/t@.service.wants/a.service -> /dev/null", "lib/t@one.service.requires/v@.service -> ../v@.service",
            ],
            ["t@one.service", "t@two.service"]
        },
        {
            "a link of its own name, and a circle through directories",
            ["lib/a.service", "etc/a.service -> ../lib/a.service", "etc/b.service -> a.service", "run/c.service -> ../etc/b.service"],
            ["a.service"]
        },
        {
            "a link of its own name to a lower directory, with another between them",
            ["lib/a.service", "etc/a.service -> ../lib/a.service", "run/a.service", "etc/own.service -> own.service", "lib/own.service"],
            ["a.service", "own.service"]
        },
        {
            "many aliases behind one another",
            [
                "lib/a.service", "lib/a1.service -> a.service", "lib/a2.service -> a1.service", "lib/a3.service -> a2.service", "lib/a4.service -> a3.service",
                "lib/a5.service -> a4.service", "lib/a6.service -> a5.service", "lib/a7.service -> a6.service",
            ],
            ["a.service"]
        },
        {
            "names with dashes at their ends",
            [
                "lib/a-.service", "lib/a-.service.d/1.conf", "lib/a--.service.d/2.conf", "lib/-b.service", "lib/-.service.d/3.conf", "lib/-b.service.d/4.conf",
                "lib/a--b.slice = [Slice]\\n", "lib/slice.d/1.conf", "lib/-.slice.d/2.conf",
            ],
            ["a-.service", "-b.service"]
        },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void We_find_what_systemd_finds(string what, string[] tree, string[] units)
    {
        using TempTree files = new TempTree().Add("etc/", "run/", "lib/").Add(tree);
        string searchPath = $"{files.At("etc")}:{files.At("run")}:{files.At("lib")}";
        var options = new SearchPathOptions { UnitPath = new ByteText(searchPath) };
        UnitFileCache cache = UnitFileCache.Build(SearchPaths.Create(SearchScope.System, options));

        foreach (string unit in units)
        {
            string theirs = Theirs(searchPath, unit);

            Ours(cache, UnitName.Parse(unit)).Should().Be(theirs, $"{what}: {unit}");
        }
    }

    private static string Ours(UnitFileCache cache, UnitName name)
    {
        UnitLookup found = cache.Find(name);
        List<string> lines = ["unit " + found.Id, "fragment " + found.FragmentPath];
        lines.AddRange(found.Names.Skip(1).Select(n => "alias " + n));
        lines.AddRange(found.DropIns.Select(d => "drop-in " + d));
        lines.AddRange(cache.DependencyLinks(found).Select(d => (d.Kind, Target: cache.Find(d.Target).Id))
            .Where(d => !found.Names.Contains(d.Target)).Select(d => $"{d.Kind} {d.Target}").Distinct().Order(StringComparer.Ordinal));
        return string.Join('\n', lines);
    }

    /// <summary>From the dump that verify logs before it gives up on the job (these trees have no basic.target).</summary>
    private static string Theirs(string searchPath, string unit)
    {
        (string output, _) = TempTree.Run("systemd-analyze", ["--man=no", "verify", "--", unit], ("SYSTEMD_UNIT_PATH", searchPath), ("SYSTEMD_LOG_LEVEL", "debug"));
        List<string> lines = [];
        List<string> aliases = [];
        List<string> dropIns = [];
        List<string> needs = [];
        foreach (Match m in DumpLine().Matches(output))
        {
            string value = m.Groups["value"].Value;
            switch (m.Groups["key"].Value)
            {
                case "-> Unit": lines.Add("unit " + value.TrimEnd(':')); break;
                case "Fragment Path:": lines.Add("fragment " + value); break;
                case "Alias:": aliases.Add("alias " + value); break;
                case "DropIn Path:": dropIns.Add("drop-in " + value); break;
                case "Wants:": needs.Add("Wants " + value); break;
                default: needs.Add("Requires " + value); break;
            }
        }
        needs.RemoveAll(n => n.EndsWith("sysinit.target", StringComparison.Ordinal) || n.EndsWith(".slice", StringComparison.Ordinal));
        return string.Join('\n', [.. lines, .. aliases.Order(StringComparer.Ordinal), .. dropIns, .. needs.Distinct().Order(StringComparer.Ordinal)]);
    }

    [GeneratedRegex(@"^\t+(?<key>-> Unit|Fragment Path:|Alias:|DropIn Path:|Wants:|Requires:) (?<value>\S+)", RegexOptions.Multiline)]
    private static partial Regex DumpLine();
}
