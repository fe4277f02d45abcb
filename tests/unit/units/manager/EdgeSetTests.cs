using SysMaster.Core;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Tests;

public sealed class EdgeSetTests
{
    /// <summary>Few neighbours are looked through, many are found by an index: both say what a plain dictionary says, whatever comes and goes.</summary>
    [Theory]
    [InlineData(8, 1)]
    [InlineData(40, 2)]
    [InlineData(900, 3)]
    public void Neighbours_that_come_and_go_are_those_that_are_there(int most, int seed)
    {
        using var manager = new TestManager();
        Unit[] units = [.. Enumerable.Range(0, most).Select(i => manager.Manager.GetOrAdd(UnitName.Parse($"n{i}.target")))];
        var random = new Random(seed);
        var edges = new EdgeSet();
        var expected = new Dictionary<Unit, Dep>();

        for (int step = 0; step < 6000; step++)
        {
            Unit unit = units[random.Next(most)];
            if (random.Next(step % 1000 < 500 ? 4 : 2) != 0)
            {
                Dep kind = random.Next(2) == 0 ? Dep.Wants : Dep.After;
                edges.AddMine(unit, kind, DepOrigin.File).Should().Be((expected.GetValueOrDefault(unit) & kind) == 0);
                expected[unit] = expected.GetValueOrDefault(unit) | kind;
            }
            else
            {
                edges.Remove(unit);
                expected.Remove(unit);
            }
            if (step % 700 == 0) { edges.Trim(); }
            Unit asked = units[random.Next(most)];
            edges.Has(asked, Dep.Wants).Should().Be((expected.GetValueOrDefault(asked) & Dep.Wants) != 0);
            edges.Count.Should().Be(expected.Count);
        }

        foreach (Unit unit in units)
        {
            ref Edge edge = ref edges.Find(unit, out bool found);
            found.Should().Be(expected.ContainsKey(unit));
            if (found) { edge.Mine.Should().Be(expected[unit]); }
        }
        var there = new HashSet<Unit>();
        foreach (Edge edge in edges.All) { there.Add(edge.Other).Should().BeTrue("each stands there once"); }
        there.SetEquals(expected.Keys).Should().BeTrue();
    }
}
