using System.Text;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Systemctl;

/// <summary>Jobs that we asked for, until the manager says how each has ended.</summary>
internal sealed class JobWaiter
{
    private readonly Caller _caller;
    private readonly HashSet<string> _jobs = [];
    private readonly Dictionary<string, (string Unit, string Result)> _ended = [];
    private readonly Dictionary<string, string> _units = [];

    private JobWaiter(Caller caller) => _caller = caller;

    /// <summary>Listens from now on; made before the first job is asked for.</summary>
    /// <returns>Null after saying why.</returns>
    public static JobWaiter? Start(Caller caller)
    {
        var waiter = new JobWaiter(caller);
        BusError? error = caller.Bus.Listen(
            "type='signal',sender='org.freedesktop.systemd1',path='/org/freedesktop/systemd1',interface='org.freedesktop.systemd1.Manager',member='JobRemoved'",
            waiter.OnSignal);
        // Where nobody is at the other end, what is asked for next says so.
        if (error is null || error.Name == BusError.Disconnected) { return waiter; }
        _ = Log.Error($"Could not watch jobs: {error}");
        return null;
    }

    public void Add(string job, string unit)
    {
        _jobs.Add(job);
        _units[job] = unit;
    }

    /// <summary>Until all have ended; says which failed.</summary>
    /// <param name="settings">Says so, unless it is quiet.</param>
    /// <returns>0, or the exit code of a failure.</returns>
    public int Wait(Settings settings)
    {
        int code = 0;
        using var progress = new Progress(_caller, settings);
        while (_jobs.Count > 0)
        {
            foreach (string job in _jobs.Where(_ended.ContainsKey).ToArray())
            {
                _jobs.Remove(job);
                progress.Hide();
                int failed = JobResult.Report(_caller, _ended[job].Unit, _ended[job].Result, settings);
                if (code == 0) { code = failed; }
            }
            if (_jobs.Count == 0) { break; }
            if (_caller.Bus.IsClosed) { return Log.Error("Failed to wait for response: Connection reset by peer"); }
            if (!_caller.Bus.Process(progress.PatienceMsec)) { progress.Show(_jobs.Select(j => (j, _units[j]))); }
        }
        return code;
    }

    private void OnSignal(Message message)
    {
        if (!message.Member.SequenceEqual("JobRemoved"u8) || !message.BodySignature.SequenceEqual("uoss"u8)) { return; }
        MessageReader reader = message.Reader;
        _ = reader.ReadUInt32();
        string path = Encoding.UTF8.GetString(reader.ReadObjectPath());
        string unit = reader.ReadText();
        _ended[path] = (unit, reader.ReadText());
    }
}
