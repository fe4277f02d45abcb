using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>Long output goes through less on a terminal: $SYSTEMD_PAGER, $PAGER, $SYSTEMD_LESS, $SYSTEMD_PAGERSECURE.</summary>
internal static class Pager
{
    private static readonly string[] s_standard = ["pager", "less", "more"];

    private static ChildProcess? s_pager;

    public static bool IsOpen => s_pager is not null;

    public static void Open(Settings settings)
    {
        if (settings.NoPager || IsOpen || !Tty.IsOutput || Environment.GetEnvironmentVariable("TERM") is null or "dumb") { return; }
        string? asked = Environment.GetEnvironmentVariable("SYSTEMD_PAGER") ?? Environment.GetEnvironmentVariable("PAGER");
        if (asked is "" or "cat") { return; }
        _ = Tty.Columns;
        _ = Colors.IsOn;
        Start(asked is null ? s_standard.Select(p => new[] { p }) : [asked.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
    }

    /// <summary>Hands over what is left, and waits until the reader has seen enough.</summary>
    public static void Close()
    {
        Stdio.Flush();
        if (s_pager is not { } pager) { return; }
        _ = LibC.close(1);
        pager.Signal(18);
        _ = pager.Wait();
        s_pager = null;
    }

    private static unsafe void Start(IEnumerable<string[]> candidates)
    {
        int* ends = stackalloc int[2];
        if (LibC.pipe2(ends, LibC.O_CLOEXEC) < 0) { return; }
        using OwnedFd read = new(ends[0]), write = new(ends[1]);
        foreach (string[] words in candidates)
        {
            Result<ChildProcess> started = ChildProcess.Start(words, Variables(), (read.Value, 0));
            if (started.Failed) { continue; }
            Stdio.Flush();
            // Lines that go to standard error of the same terminal should be read in the pager too.
            _ = LibC.dup3(write.Value, 1, 0);
            if (Tty.IsError) { _ = LibC.dup3(write.Value, 2, 0); }
            s_pager = started.Value;
            return;
        }
    }

    private static List<string> Variables()
    {
        List<string> variables =
        [
            $"LESS={Environment.GetEnvironmentVariable("SYSTEMD_LESS") ?? "FRSXMK"}",
            $"LESSCHARSET={Environment.GetEnvironmentVariable("SYSTEMD_LESSCHARSET") ?? "utf-8"}",
        ];
        // A pager can start a shell: not for somebody who runs this with more rights than theirs.
        bool secure = BooleanWord.Environment("SYSTEMD_PAGERSECURE") ?? Environment.GetEnvironmentVariable("SUDO_UID") is not null;
        if (secure) { variables.Add("LESSSECURE=1"); }
        return variables;
    }
}
