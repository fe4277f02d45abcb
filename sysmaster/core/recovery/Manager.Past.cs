using SysMaster.Savepoint;

namespace SysMaster.Core;

/// <summary>The recoveries since boot, for people: sctl recovery, the bus.</summary>
public sealed partial class Manager
{
    private const int PastMax = 32;

    private readonly List<PastRecovery> _past = [];
    private readonly List<PastRecovery> _pastToWrite = [];
    private readonly List<PastRecovery> _pastToDrop = [];

    /// <summary>The last ones, oldest first.</summary>
    public IReadOnlyList<PastRecovery> Recoveries => _past;

    /// <summary>Which start since boot this manager is.</summary>
    public uint Generation { get; set; }

    /// <summary>How many records were set aside by this manager.</summary>
    public uint RecordsSetAside { get; private set; }

    /// <summary>This manager has taken over.</summary>
    public void AddRecovery(PastRecovery past)
    {
        _past.Add(past);
        _pastToWrite.Add(past);
        if (_past.Count <= PastMax) { return; }
        _pastToDrop.Add(_past[0]);
        _past.RemoveAt(0);
    }

    private void StagePast(SavepointLog log)
    {
        foreach (PastRecovery past in _pastToWrite)
        {
            using RecordWriter to = log.Stage(RecordKinds.Recovery, past.Key);
            past.Write(to);
        }
        foreach (PastRecovery past in _pastToDrop) { log.StageRemoval(RecordKinds.Recovery, past.Key); }
        _pastToWrite.Clear();
        _pastToDrop.Clear();
    }
}
