namespace SysMaster.UnitFiles.Install;

/// <summary>What an operation came to. Some steps may have been done even when it failed.</summary>
public sealed class InstallResult
{
    private readonly List<InstallChange> _changes = [];
    private int _failed = -1;

    /// <summary>In order; failures among them.</summary>
    public IReadOnlyList<InstallChange> Changes => _changes;

    /// <summary>The operation as a whole failed, with <see cref="Failure"/>; exit status 1 for systemctl without a manager.</summary>
    public bool Failed => _failed >= 0;

    /// <summary>The first failure that made the whole fail.</summary>
    public InstallChange Failure => _changes[_failed];

    /// <summary>Some unit that was enabled has an [Install] section: systemctl prints advice when none has.</summary>
    public bool CarriesInstallInfo { get; internal set; }

    /// <summary>
    /// Over the bus, the error to reply: where the whole failed, and where a step failed and none succeeded. Null: reply with the changes that are no failures.
    /// </summary>
    public InstallChange? BusError
    {
        get
        {
            if (Failed) { return Failure; }
            InstallChange? first = null;
            foreach (InstallChange change in _changes)
            {
                if (!change.IsFailure) { return null; }
                first ??= change;
            }
            return first;
        }
    }

    internal void Add(InstallChange change) => _changes.Add(change);

    /// <summary>The first failure from a change on becomes one of the whole.</summary>
    internal void FailFrom(int change)
    {
        for (int i = change; i < _changes.Count && _failed < 0; i++)
        {
            if (_changes[i].IsFailure) { _failed = i; }
        }
    }

    /// <summary>Adds a failure that the caller weighs.</summary>
    internal bool Refuse(InstallChange failure)
    {
        _changes.Add(failure);
        return false;
    }

    /// <summary>Adds a failure of the whole.</summary>
    internal bool Fail(InstallChange failure)
    {
        _changes.Add(failure);
        if (_failed < 0) { _failed = _changes.Count - 1; }
        return false;
    }
}
