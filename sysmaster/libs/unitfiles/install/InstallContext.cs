namespace SysMaster.UnitFiles.Install;

/// <summary>The units of one operation: those still to be worked on, in order, and those done. Also= adds to it on the way.</summary>
internal sealed class InstallContext
{
    private readonly Queue<InstallRecord> _waiting = new();
    private readonly Dictionary<UnitName, InstallRecord> _all = [];

    public InstallRecord Add(UnitName name, bool isAuxiliary)
    {
        if (_all.TryGetValue(name, out InstallRecord? known))
        {
            known.IsAuxiliary &= isAuxiliary;
            return known;
        }
        var record = new InstallRecord(name) { IsAuxiliary = isAuxiliary };
        _all.Add(name, record);
        _waiting.Enqueue(record);
        return record;
    }

    public bool Contains(UnitName name) => _all.ContainsKey(name);

    /// <returns>Null when all are done.</returns>
    public InstallRecord? TakeNext() => _waiting.TryDequeue(out InstallRecord? record) ? record : null;
}
