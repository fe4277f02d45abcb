using System.Globalization;
using System.Text;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>A unit's last lines since it was started, from journalctl: it knows the journal's format, rotation and fields.</summary>
internal static unsafe class JournalLines
{
    /// <returns>True when lines were cut.</returns>
    public static bool Print(UnitFacts facts, Settings settings)
    {
        const string Notice = "Notice: journal has been rotated since unit was started, output may be incomplete.";
        ulong since = facts.Number("InactiveExitTimestampMonotonic");
        // journalctl takes the first lines behind a time, not the last: they are counted here.
        int count = Moments([.. Filter(facts, settings), Last(settings.Lines)]).Count(moment => moment >= since);
        string text = count == 0 ? "" : Read([.. Filter(facts, settings), Last(count), .. Format(settings)]);
        bool isRotated = since > 0 && count < settings.Lines && since < Oldest();
        if (text.Length == 0 && !isRotated) { return false; }
        Stdio.Line();
        Stdio.Write(text);
        if (isRotated) { Stdio.Line($"{Colors.HighlightYellow}{Notice}{Colors.Normal}"); }
        return text.Contains(Texts.Ellipsis, StringComparison.Ordinal) && IsCut(settings);
    }

    private static ulong Oldest() => Moments(["journalctl", "--no-pager", "--quiet", "--boot"], atMost: 1024).FirstOrDefault();

    /// <summary>When entries were written, CLOCK_MONOTONIC microseconds, oldest first.</summary>
    private static IEnumerable<ulong> Moments(string[] words, int atMost = 0)
    {
        const string Field = "__MONOTONIC_TIMESTAMP=";
        foreach (string line in Read([.. words, "--output=export", "--output-fields=_BOOT_ID"], atMost).Split('\n'))
        {
            if (line.StartsWith(Field, StringComparison.Ordinal)
                && ulong.TryParse(line[Field.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out ulong usec)) { yield return usec; }
        }
    }

    private static bool IsCut(Settings settings) => !settings.Full && Tty.IsOutput && !Pager.IsOpen;

    /// <param name="atMost">Bytes; what writes more is told that nobody reads on.</param>
    private static string Read(string[] words, int atMost = 0)
    {
        int* ends = stackalloc int[2];
        if (LibC.pipe2(ends, LibC.O_CLOEXEC) < 0) { return ""; }
        var read = new OwnedFd(ends[0]);
        var write = new OwnedFd(ends[1]);
        Result<OwnedFd> nowhere = Sys.Open(new ByteText("/dev/null"), LibC.O_WRONLY);
        Result<ChildProcess> journalctl = ChildProcess.Start(
            words, Variables(), (write.Value, 1), (nowhere.Failed ? 2 : nowhere.Value.Value, 2));
        write.Dispose();
        if (!nowhere.Failed) { nowhere.Value.Dispose(); }
        if (journalctl.Failed) { read.Dispose(); return ""; }
        byte[] beginning = new byte[atMost];
        Result<byte[]> text = atMost == 0 ? Sys.ReadToEnd(read.Fd) : Sys.Read(read.Fd, beginning) is { Failed: false } n ? beginning[..n.Value] : Errno.EIO;
        read.Dispose();
        _ = journalctl.Value.Wait();
        return text.Failed ? "" : Encoding.UTF8.GetString(text.Value);
    }

    private static List<string> Filter(UnitFacts facts, Settings settings)
    {
        List<string> words =
        [
            "journalctl", "--no-pager", "--quiet", "--boot", settings.IsUser ? $"--user-unit={facts.Id}" : $"--unit={facts.Id}",
        ];
        if (facts.Text("LogNamespace") is { Length: > 0 } name) { words.Add($"--namespace={name}"); }
        return words;
    }

    private static string Last(int lines) => string.Create(CultureInfo.InvariantCulture, $"--lines={lines}");

    private static List<string> Format(Settings settings)
    {
        List<string> words = [$"--output={settings.Output}", IsCut(settings) ? "--no-full" : "--full"];
        if (settings.All) { words.Add("--all"); }
        return words;
    }

    private static string[] Variables() =>
    [
        $"SYSTEMD_COLORS={(Colors.IsOn ? "1" : "0")}", "SYSTEMD_URLIFY=0", string.Create(CultureInfo.InvariantCulture, $"COLUMNS={Tty.Columns}"),
    ];
}
