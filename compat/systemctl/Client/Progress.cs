namespace SysMaster.Systemctl;

/// <summary>
/// Tells a person at a terminal what is being waited for, once that takes longer than a second: one line, redrawn, gone at the end.
/// Into pipes, logs and dumb terminals it writes nothing.
/// </summary>
internal sealed class Progress(Caller caller, Settings settings) : IDisposable
{
    private const int PatienceMs = 1000;

    private readonly bool _isOn = Tty.IsError && Tty.IsOutput && !Tty.IsDumb && !settings.Quiet;
    private readonly long _since = Environment.TickCount64;
    private bool _isShown;

    /// <summary>How long to wait before <see cref="Show"/>; -1 for ever.</summary>
    public int PatienceMsec => _isOn ? PatienceMs : -1;

    public void Show(IEnumerable<(string Job, string Unit)> jobs)
    {
        if (!_isOn) { return; }
        (string job, string unit) = jobs.First();
        int others = jobs.Count() - 1;
        string state = caller.GetText(job, Caller.JobInterface, "State", out _) ?? "";
        string sub = caller.GetText(UnitPath.Of(unit), Caller.UnitInterface, "SubState", out _) ?? "";
        string more = others > 0 ? $" and {others} more" : "";
        string what = state == "waiting" ? "waits for other jobs" : sub;
        string line = $"{unit}{more}: {what} ({(Environment.TickCount64 - _since) / 1000}s)";
        Draw($"\r{Colors.Grey}{Texts.Ellipsize(line, Math.Max(Tty.Columns - 1, 1), 100)}{Colors.Normal}\u001b[K");
        _isShown = true;
    }

    public void Hide()
    {
        if (!_isShown) { return; }
        Draw("\r\u001b[K");
        _isShown = false;
    }

    public void Dispose() => Hide();

    private static void Draw(string text) => _ = Linux.Sys.WriteAll(new Linux.Fd(2), System.Text.Encoding.UTF8.GetBytes(text));
}
