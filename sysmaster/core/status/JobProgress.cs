using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Core.Status;

/// <summary>
/// The running line: "[ ***  ] A start job is running for foo.service - Foo (12s / 1min 30s)". It appears when jobs have run for a while
/// (2 s; 25 s when the output is quiet), moves three times a second and turns to the next job each second.
/// The manager owns the timer: it asks <see cref="NextDue"/> after each change of its jobs and calls <see cref="Tick"/> then. With no job
/// running the answer is infinity: no wake-ups.
/// </summary>
public sealed class JobProgress(StatusOutput output, IRunningJobs jobs)
{
    private static readonly Usec s_wait = Usec.FromSec(2);
    private static readonly Usec s_quietWait = Usec.FromSec(25);
    private static readonly Usec s_period = Usec.FromMsec(333);
    private const uint TicksPerJob = 3;
    private const int Bounce = 14;

    private readonly LogBuffer _text = new();
    private readonly LogBuffer _bar = new();
    private Usec _due = Usec.Infinity;
    private uint _iteration;

    /// <summary>CLOCK_MONOTONIC; infinity: no timer needed.</summary>
    public Usec NextDue => _due;

    /// <summary>To be called whenever a job began or ended.</summary>
    public void OnJobsChanged(Usec now)
    {
        if (jobs.Count == 0 || output.Mode is ShowStatus.No or ShowStatus.Error || output.IsSuppressed())
        {
            _due = Usec.Infinity;
            _iteration = 0;
        }
        else if (_due.IsInfinity)
        {
            _due = now + (output.IsOn ? s_wait : s_quietWait);
        }
    }

    /// <summary>Draws the next frame when it is due.</summary>
    /// <returns>The next due time.</returns>
    public Usec Tick(Usec now)
    {
        OnJobsChanged(now);
        if (now < _due) { return _due; }
        _ = output.Flip(true);   // something takes long: an automatic status comes on
        Draw(now);
        _iteration++;
        return _due = now + s_period;
    }

    private void Draw(Usec now)
    {
        int count = jobs.Count;
        int index = (int)(_iteration / TicksPerJob % (uint)count);
        RunningJob job = jobs.At(index);
        _text.Clear();
        if (count > 1)
        {
            _text.Append((byte)'(');
            _text.Append(index + 1);
            _text.Append(" of "u8);
            _text.Append(count);
            _text.Append(") "u8);
        }
        _text.Append("A "u8);
        _text.Append(job.JobType);
        _text.Append(" job is running for "u8);
        output.AppendUnit(_text, job.UnitName, job.Description);
        _text.Append(" ("u8);
        TimeSpanText.Append(_text, now - job.Began);
        _text.Append(" / "u8);
        TimeSpanText.Append(_text, job.Deadline - job.Began);
        _text.Append((byte)')');
        if (job.StatusText is not null)
        {
            _text.Append(": "u8);
            _text.Append(job.StatusText);
        }
        output.Ephemeral(Bar(), _text.Span);
    }

    /// <summary>Three stars, the middle one bright, that wander over six columns and back.</summary>
    private string Bar()
    {
        int step = (int)(_iteration % Bounce);
        int middle = (step < 8 ? step : Bounce - step) - 1;
        _bar.Clear();
        _bar.Append((byte)'[');
        for (int i = 0; i < 6; i++)
        {
            int distance = Math.Abs(i - middle);
            if (output.Colors && distance <= 1) { _bar.Append(distance == 0 ? "\e[0;1;31m"u8 : "\e[0;31m"u8); }
            _bar.Append(distance <= 1 ? (byte)'*' : (byte)' ');
            if (output.Colors && distance <= 1) { _bar.Append("\e[0m"u8); }
        }
        _bar.Append("] "u8);
        return System.Text.Encoding.UTF8.GetString(_bar.Span);
    }
}
