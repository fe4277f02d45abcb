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
        string text = Read(Words(facts, settings));
        bool isRotated = facts.Number("InactiveExitTimestampMonotonic") is > 0 and var since && text.Count(c => c == '\n') < settings.Lines && since < Oldest();
        if (text.Length == 0 && !isRotated) { return false; }
        Stdio.Line();
        Stdio.Write(text);
        const string Notice = "Notice: journal has been rotated since unit was started, output may be incomplete.";
        if (isRotated) { Stdio.Line($"{Colors.HighlightYellow}{Notice}{Colors.Normal}"); }
        return text.Contains(Texts.Ellipsis, StringComparison.Ordinal) && IsCut(settings);
    }

    private static bool IsCut(Settings settings) => !settings.Full && Tty.IsOutput && !Pager.IsOpen;

    /// <summary>When the journal of this boot begins, CLOCK_MONOTONIC microseconds.</summary>
    private static ulong Oldest()
    {
        const string Field = "__MONOTONIC_TIMESTAMP=";
        string first = Read(["journalctl", "--no-pager", "--quiet", "--boot", "--output=export", "--output-fields=_BOOT_ID"], atMost: 1024);
        string? line = first.Split('\n').FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal));
        return line is not null && ulong.TryParse(line[Field.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out ulong usec) ? usec : 0;
    }

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

    private static string[] Words(UnitFacts facts, Settings settings)
    {
        List<string> words =
        [
            "journalctl", "--no-pager", "--quiet", "--boot", settings.IsUser ? $"--user-unit={facts.Id}" : $"--unit={facts.Id}",
            string.Create(CultureInfo.InvariantCulture, $"--lines={settings.Lines}"), $"--output={settings.Output}", IsCut(settings) ? "--no-full" : "--full",
        ];
        if (settings.All) { words.Add("--all"); }
        ulong since = facts.Number("InactiveExitTimestamp");
        if (since > 0) { words.Add(string.Create(CultureInfo.InvariantCulture, $"--since=@{since / 1_000_000}.{since % 1_000_000:d6}")); }
        if (facts.Text("LogNamespace") is { Length: > 0 } name) { words.Add($"--namespace={name}"); }
        return [.. words];
    }

    private static string[] Variables() =>
    [
        $"SYSTEMD_COLORS={(Colors.IsOn ? "1" : "0")}", "SYSTEMD_URLIFY=0", string.Create(CultureInfo.InvariantCulture, $"COLUMNS={Tty.Columns}"),
    ];
}
