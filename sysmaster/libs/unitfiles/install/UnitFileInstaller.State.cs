using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Install;

/// <summary>is-enabled and list-unit-files.</summary>
public sealed partial class UnitFileInstaller
{
    /// <summary>What <c>is-enabled</c> shows.</summary>
    /// <param name="name">A unit name; an alias gives <see cref="UnitFileState.Alias"/>.</param>
    /// <param name="failure">Why there is no state: not found, a circle of links, an unreadable file.</param>
    public UnitFileState? GetState(string name, out InstallChange failure) => GetState(name, new InstallLinkIndex(_paths), out failure);

    /// <summary>Is there a file, or a link, of that name?</summary>
    /// <param name="name">A unit name.</param>
    /// <param name="failure">Why nobody can say: a link that is no alias, a folder, an unreadable file. An alias is there.</param>
    public bool Exists(string name, out InstallChange failure)
    {
        if (Discover(new InstallContext(), name, Search.None, out failure) is not null) { return true; }
        bool isLink = failure.Error == InstallErrorKind.Linked;
        if (isLink || failure.AsErrno == Errno.ENOENT) { failure = default; }
        return isLink;
    }

    /// <summary>Every unit file once, in the order of the search path; what cannot be read is <see cref="UnitFileState.Bad"/>.</summary>
    /// <param name="patterns">Shell patterns of names; none: all.</param>
    public List<UnitFileEntry> List(params ReadOnlySpan<string> patterns)
    {
        var links = new InstallLinkIndex(_paths);
        var seen = new HashSet<UnitName>();
        var list = new List<UnitFileEntry>();
        foreach (SearchDirectory directory in _paths.Directories)
        {
            foreach ((ByteText file, byte type) in Entries(directory.Path))
            {
                if (type is not (LibC.DT_REG or LibC.DT_LNK) || !UnitName.TryParse(file.Span, out UnitName name) || !seen.Add(name)) { continue; }
                if (!Glob.MatchesAny(patterns, name.Text)) { continue; }
                UnitFileState? state = GetState(name.Text, links, out _);
                list.Add(new UnitFileEntry(name, _tree.Outside(TextPath.Join(directory.Path.Span, file.Span)), state ?? UnitFileState.Bad));
            }
        }
        return list;
    }

    /// <summary>The links that enable a unit, below the persistent or the runtime directory: GetUnitFileLinks().</summary>
    /// <returns>EUCLEAN: that is no unit name.</returns>
    public Result<List<ByteText>> GetLinks(string name, InstallFlags flags = InstallFlags.None)
    {
        if (!UnitName.TryParse(name, out UnitName unit)) { return s_badName; }
        var found = new List<ByteText>();
        var context = new InstallContext();
        context.Add(unit, isAuxiliary: false);
        HashSet<ByteText> marked = MarkForRemoval(context, new InstallResult());
        if (marked.Count > 0) { CollectMarked(marked, ConfigPath(flags), depth: 0, found); }
        return found;
    }

    private void CollectMarked(HashSet<ByteText> marked, ByteText directory, int depth, List<ByteText> found)
    {
        foreach ((ByteText name, byte type) in Entries(directory))
        {
            ByteText path = TextPath.Join(directory.Span, name.Span);
            if (type == LibC.DT_DIR && depth < MaxLinks) { CollectMarked(marked, path, depth + 1, found); }
            if (type == LibC.DT_LNK && UnitName.TryParse(name.Span, out UnitName unit) && IsMarked(unit, path, marked)) { found.Add(_tree.Outside(path)); }
        }
    }

    private UnitFileState? GetState(string name, InstallLinkIndex links, out InstallChange failure)
    {
        if (!UnitName.TryParse(name, out UnitName asked))
        {
            failure = InstallChange.Fail(InstallErrorKind.InvalidArgument, Text(name));
            return null;
        }
        if (Discover(new InstallContext(), name, Search.Load | Search.FollowConfigLinks, out failure) is not { } record) { return null; }
        SearchDirectory? directory = DirectoryOf(record.Path);
        if (record.Kind == InstallFileKind.Masked) { return directory is { IsRuntime: true } ? UnitFileState.MaskedRuntime : UnitFileState.Masked; }
        bool isOwnName = TextPath.BaseName(record.Path.Span).SequenceEqual(Text(asked.Text).Span);
        if (!isOwnName && !record.Name.IsInstance) { return UnitFileState.Alias; }
        if (directory is { IsGenerator: true }) { return UnitFileState.Generated; }
        if (directory is { IsTransient: true }) { return UnitFileState.Transient; }
        if (StateByLinks(record, links, knownNamesOnly: true) is { } enabled) { return enabled; }
        if (StateByLinks(record, links, knownNamesOnly: false) is not null) { return UnitFileState.Indirect; }
        return record.HasRules ? UnitFileState.Disabled : record.Also.Count > 0 ? UnitFileState.Indirect : UnitFileState.Static;
    }

    /// <summary>Where is a link that enables the unit?</summary>
    /// <param name="record">The unit.</param>
    /// <param name="links">All links.</param>
    /// <param name="knownNamesOnly">Only under names that [Install] gives; else under any.</param>
    private UnitFileState? StateByLinks(InstallRecord record, InstallLinkIndex links, bool knownNamesOnly)
    {
        int own = _paths.IndexOf(TextPath.DirName(record.Path.Span));
        UnitFileState? best = null;
        bool enabledAnywhere = false;
        bool linkedPersistent = false;
        bool linkedRuntime = false;
        foreach (InstallLink link in Candidates(record, links))
        {
            SearchDirectory directory = _paths.Directories[link.Directory];
            if (IsSameNameLink(record, link))
            {
                linkedPersistent |= directory.Role == SearchRole.PersistentConfig;
                linkedRuntime |= directory.IsRuntime;
                continue;
            }
            if (!link.IsDependency && !LeadsTo(record, link) && own >= 0 && link.Directory >= own) { continue; }   // hidden by the unit's own file
            if (knownNamesOnly && !IsKnownName(record, link.Name)) { continue; }
            if (directory.Role == SearchRole.PersistentConfig || (_paths.Scope == SearchScope.User && directory.Role == SearchRole.SharedConfig))
            {
                return UnitFileState.Enabled;
            }
            if (directory.IsRuntime) { best = UnitFileState.EnabledRuntime; }
            enabledAnywhere = true;
        }
        if (best is not null) { return best; }
        // An instance that a vendor's link instantiates is enabled for good; a plain name there is just an alias.
        if (enabledAnywhere && record.Name.IsInstance) { return UnitFileState.Static; }
        return linkedPersistent ? UnitFileState.Linked : linkedRuntime ? UnitFileState.LinkedRuntime : null;
    }

    private static IEnumerable<InstallLink> Candidates(InstallRecord record, InstallLinkIndex links)
    {
        foreach (InstallLink link in links.Named(record.Name)) { yield return link; }
        foreach (InstallLink link in links.LeadingTo(record.Name))
        {
            if (link.Name != Text(record.Name.Text)) { yield return link; }
        }
    }

    private static bool LeadsTo(InstallRecord record, InstallLink link) => link.TargetName == Text(record.Name.Text);

    /// <summary>"foo.service -> /elsewhere/foo.service": the unit is linked.</summary>
    private static bool IsSameNameLink(InstallRecord record, InstallLink link)
        => !link.IsDependency && LeadsTo(record, link) && link.Name == Text(record.Name.Text);

    /// <summary>The unit's name, its Alias= names as they are written, and a template's default instance.</summary>
    private static bool IsKnownName(InstallRecord record, ByteText name)
    {
        if (name == Text(record.Name.Text) || record.Aliases.Contains(name)) { return true; }
        return record.Name.IsTemplate && record.DefaultInstance.Length > 0
            && record.Name.WithInstance(record.DefaultInstance) is { IsValid: true } instance && Text(instance.Text) == name;
    }
}
