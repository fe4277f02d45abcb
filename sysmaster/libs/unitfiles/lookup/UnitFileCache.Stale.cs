using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>Has anything been added or removed since the pass?</summary>
public sealed partial class UnitFileCache
{
    private long[] _stamps = [];

    /// <summary>
    /// One statx(2) a directory: did one come, go or change? As in systemd, only names in the search path's own directories are seen; the
    /// manager's own directories (generated, transient, control) do not count, since it knows when it writes there.
    /// </summary>
    public bool IsStale()
    {
        for (int i = 0; i < _stamps.Length; i++)
        {
            SearchDirectory directory = _paths.Directories[i];
            if (directory.IsGenerator || directory.IsTransient || directory.IsControl) { continue; }
            Result<FileStat> stat = _paths.Tree.Stat(directory.Path, followLinks: true);
            if ((stat.Failed ? 0 : stat.Value.MtimeNsec) != _stamps[i]) { return true; }
        }
        return false;
    }
}
