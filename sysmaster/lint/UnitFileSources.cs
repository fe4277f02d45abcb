namespace SysMaster.Lint;

/// <summary>The unit files, drop-ins and manager settings in folders: those whose names say so, links to elsewhere not followed into folders.</summary>
public static class UnitFileSources
{
    /// <summary>Where the files of the system's manager lie, most important first.</summary>
    public static IReadOnlyList<string> Standard { get; } =
        ["/etc/systemd/system", "/run/systemd/system", "/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"];

    /// <param name="unreadable">Told of a folder that cannot be listed.</param>
    public static IEnumerable<string> In(string place, Action<string, string> unreadable)
    {
        if (!Directory.Exists(place)) { return UnitFileLint.IsUnitFile(place) ? [place] : []; }
        var files = new List<string>();
        Walk(place, files, unreadable);
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static void Walk(string folder, List<string> files, Action<string, string> unreadable)
    {
        try
        {
            foreach (string entry in Directory.EnumerateFileSystemEntries(folder))
            {
                var info = new FileInfo(entry);
                // An alias, a mask or what .wants holds: the file itself is read where it lies.
                if (info.LinkTarget is not null) { continue; }
                if (Directory.Exists(entry)) { Walk(entry, files, unreadable); }
                else if (UnitFileLint.IsUnitFile(entry)) { files.Add(entry); }
            }
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException) { unreadable(folder, refused.Message); }
    }
}
