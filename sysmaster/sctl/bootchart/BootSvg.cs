using System.Globalization;
using System.Text;

namespace SysMaster.Sctl.BootChart;

/// <summary>A boot as a picture: a bar for each unit's start, a line to what it waited for, the critical chain in red. Reasons are tooltips.</summary>
internal static class BootSvg
{
    private const int Row = 18, Left = 20, Top = 60, LabelRoom = 420;

    public static string Draw(BootRecord boot)
    {
        double span = Math.Max((boot.Finished - boot.Userspace) / 1e6, 0.001);
        double perSecond = Math.Clamp(1200 / span, 20, 4000);
        int width = (int)(span * perSecond) + Left + LabelRoom, height = Top + (boot.Units.Count * Row) + 20;
        var chain = boot.CriticalChain().ToHashSet();
        var rows = boot.Units.Select(static (u, i) => (u.Name, i)).ToDictionary(static p => p.Name, static p => p.i, StringComparer.Ordinal);
        var byName = boot.Units.ToDictionary(static u => u.Name, StringComparer.Ordinal);
        var svg = new StringBuilder();
        Line(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" font-size="11">""");
        Line(svg, $"""<style>.b{"{fill:#4a7ab5}"}.c{"{fill:#c0392b}"}.w{"{stroke:#999;fill:none}"}.r{"{stroke:#c0392b;fill:none;stroke-width:1.5}"}.g{"{stroke:#eee}"}</style>""");
        Line(svg, $"""<rect width="100%" height="100%" fill="#fff"/><text x="{Left}" y="20" font-size="15">Boot of {Time(boot.When)}: {Seconds(boot.Userspace)} to PID 1, then {Seconds(boot.Finished - boot.Userspace)}</text>""");
        double step = Step(span);
        for (double at = 0; at <= span; at += step)
        {
            Line(svg, $"""<line class="g" x1="{X(at)}" y1="{Top - 8}" x2="{X(at)}" y2="{height}"/><text x="{X(at)}" y="{Top - 12}" fill="#888">{Number(at)} s</text>""");
        }
        foreach (BootUnit unit in boot.Units)
        {
            int y = Top + (rows[unit.Name] * Row);
            double start = Seconds2(unit.Start), up = Seconds2(unit.Up);
            bool isCritical = chain.Contains(unit);
            if (unit.Waited is { } waited && byName.TryGetValue(waited.Unit, out BootUnit? before))
            {
                int from = Top + (rows[before.Name] * Row) + (Row / 2) - 3;
                Line(svg, $"""<path class="{(isCritical && chain.Contains(before) ? "r" : "w")}" d="M{X(Seconds2(before.Up))} {from}V{y + 6}H{X(start)}"><title>{Escape($"{unit.Name} waited for {waited.Unit}: {waited.Place}")}</title></path>""");
            }
            string why = unit.Waited is { } w ? $" after {w.Unit} [{w.Place}]" : "";
            Line(svg, $"""<g><title>{Escape($"{unit.Name}: began at {Number(start)} s{why}, took {Seconds(unit.Took)}")}</title><rect class="{(isCritical ? "c" : "b")}" x="{X(start)}" y="{y}" width="{Number(Math.Max((up - start) * perSecond, 1.5))}" height="{Row - 6}"/>"""
                + $"""<text x="{Number(Left + (up * perSecond) + 5)}" y="{y + 10}"{(isCritical ? " font-weight=\"bold\"" : "")}>{Escape(unit.Name)}{(unit.Took >= 1000 ? $" ({Seconds(unit.Took)})" : "")}</text></g>""");
        }
        Line(svg, $"</svg>");
        return svg.ToString();

        string X(double seconds) => Number(Left + (seconds * perSecond));
        double Seconds2(ulong at) => (at - boot.Userspace) / 1e6;
    }

    public static string Seconds(ulong usec) => usec >= 1_000_000 ? $"{Number(usec / 1e6)} s" : $"{Number(usec / 1e3)} ms";

    public static string Time(ulong usec) => DateTimeOffset.FromUnixTimeMilliseconds((long)(usec / 1000)).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static double Step(double span)
    {
        foreach (double step in (double[])[0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60])
        {
            if (span / step <= 20) { return step; }
        }
        return 300;
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static void Line(StringBuilder svg, FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static void Line(StringBuilder svg, string text) => svg.Append(text).Append('\n');

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);
}
