using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Install;

/// <summary>From a name to its unit file, through links.</summary>
public sealed partial class UnitFileInstaller
{
    private const int MaxLinks = 64;

    private static readonly Errno s_linkSevered = new(67);   // ENOLINK
    private static readonly Errno s_badName = new(117);      // EUCLEAN

    [Flags]
    private enum Search
    {
        None = 0,

        /// <summary>Read the [Install] section, and that of the drop-ins.</summary>
        Load = 1,

        /// <summary>Links in /etc/systemd/system and /run/systemd/system are followed; else they refuse the operation.</summary>
        FollowConfigLinks = 2,

        /// <summary>As that, but of these links only those to files outside the search path are the unit's own; a link to another unit is refused.</summary>
        FollowLinkedFiles = 4,
    }

    /// <summary>Adds a name or an absolute path to the operation, and finds its file.</summary>
    /// <returns>The record at the end of the links; null with the failure.</returns>
    private InstallRecord? Discover(InstallContext context, string nameOrPath, Search search, out InstallChange failure)
    {
        bool isPath = nameOrPath.Contains('/', StringComparison.Ordinal);
        UnitName name = UnitName.Parse(isPath ? nameOrPath[(nameOrPath.LastIndexOf('/') + 1)..] : nameOrPath);
        if (!name.IsValid || (isPath && nameOrPath[0] != '/'))
        {
            failure = InstallChange.Fail(Errno.EINVAL, Text(nameOrPath));
            return null;
        }
        InstallRecord record = context.Add(name, isAuxiliary: false);
        if (isPath) { record.Path = TextPath.Simplify(Text(nameOrPath).Span); }
        InstallRecord first = record;
        InstallErrorKind error = Traverse(context, ref record, search);
        bool isSevered = error == InstallErrorKind.NotFound && first.Kind == InstallFileKind.Symlink;   // a link was there
        ByteText asked = isPath ? record.Path : Text(nameOrPath);
        failure = error == InstallErrorKind.None ? default : isSevered ? InstallChange.Fail(s_linkSevered, asked) : FailFor(error, asked);
        return error == InstallErrorKind.None ? record : null;
    }

    /// <summary>As <see cref="Discover"/>; masked, transient and generated units are refused.</summary>
    private InstallRecord? DiscoverUsable(InstallContext context, string nameOrPath, Search search, out InstallChange failure)
    {
        if (Discover(context, nameOrPath, search, out failure) is not { } record) { return null; }
        InstallErrorKind refusal = record.Kind == InstallFileKind.Masked ? InstallErrorKind.Masked
            : DirectoryOf(record.Path) is { } d && (d.IsGenerator || d.IsTransient) ? InstallErrorKind.TransientOrGenerated
            : InstallErrorKind.None;
        if (refusal == InstallErrorKind.None) { return record; }
        failure = FailAt(refusal, record.Path);
        return null;
    }

    private InstallErrorKind Traverse(InstallContext context, ref InstallRecord record, Search search)
    {
        InstallErrorKind error = SearchFile(context, record, search);
        for (int links = 0; error == InstallErrorKind.None && record.Kind is InstallFileKind.Symlink or InstallFileKind.Linked; links++)
        {
            if (CheckLink(record) is var wrong && wrong != InstallErrorKind.None) { return wrong; }
            bool inConfig = (search & Search.FollowConfigLinks) == 0 && DirectoryOf(record.Path) is { IsConfig: true };
            if (links == MaxLinks || (inConfig && (search & Search.FollowLinkedFiles) == 0)) { return InstallErrorKind.Linked; }
            bool refuse = inConfig && record.Kind == InstallFileKind.Symlink;
            error = FollowLink(context, ref record, search);
            if (refuse && error == InstallErrorKind.None) { return InstallErrorKind.Linked; }
        }
        return error;
    }

    /// <summary>A link within the search path must lead to what its name may stand for.</summary>
    private InstallErrorKind CheckLink(InstallRecord record)
    {
        if (record.Kind != InstallFileKind.Symlink) { return InstallErrorKind.None; }
        ReadOnlySpan<byte> target = TextPath.BaseName(record.LinkTarget.Span);
        if (AliasRules.Check(Text(record.Name.Text).Span, target) is not { } kind) { return InstallErrorKind.None; }
        string what = AliasText.Of(new LookupProblem(kind, record.Path, new ByteText(target), Errno.None)) ?? "";
        Tell(new InstallProblem(record.Name.Text, default, 0, what));
        return kind == LookupProblemKind.AliasType ? InstallErrorKind.InvalidArgument : InstallErrorKind.BadReference;
    }

    /// <summary>A linked file is the unit's own, whatever its name there; an alias leads to another record.</summary>
    private InstallErrorKind FollowLink(InstallContext context, ref InstallRecord record, Search search)
    {
        UnitName target = UnitName.Parse(TextPath.BaseName(record.LinkTarget.Span));
        if (record.Kind == InstallFileKind.Symlink && target == record.Name) { return InstallErrorKind.Linked; }   // ELOOP, as systemd 252 has it
        bool isSame = record.Kind == InstallFileKind.Linked;
        if (!isSame && record.Name.IsInstance && target.IsTemplate)
        {
            target = target.WithInstance(record.Name.Instance);
            isSame = target == record.Name;
        }
        if (isSame)
        {
            record.Path = record.LinkTarget;
            record.Kind = InstallFileKind.Unknown;
            return SearchFile(context, record, search);
        }
        record = context.Add(target, isAuxiliary: false);
        return SearchFile(context, record, search);
    }

    /// <summary>The file of the name, else of its template, in the first directory that has one; then the drop-ins.</summary>
    private InstallErrorKind SearchFile(InstallContext context, InstallRecord record, Search search)
    {
        if (record.Kind != InstallFileKind.Unknown) { return InstallErrorKind.None; }
        if (!record.Path.IsEmpty) { return LoadOrReadLink(context, record, record.Path, search); }
        InstallErrorKind error = SearchName(context, record, record.Name, search);
        if (error == InstallErrorKind.NotFound && record.Name.IsInstance) { error = SearchName(context, record, record.Name.Template, search); }
        bool hasDropIns = record.Kind is InstallFileKind.Regular or InstallFileKind.Linked && (search & Search.Load) != 0;
        return error == InstallErrorKind.None && hasDropIns ? ReadDropIns(context, record) : error;
    }

    private InstallErrorKind SearchName(InstallContext context, InstallRecord record, UnitName name, Search search)
    {
        ByteText file = Text(name.Text);
        foreach (SearchDirectory directory in _paths.Directories)
        {
            ByteText path = TextPath.Join(directory.Path.Span, file.Span);
            InstallErrorKind error = LoadOrReadLink(context, record, path, search);
            if (error == InstallErrorKind.NotFound) { continue; }
            if (error == InstallErrorKind.None) { record.Path = path; }
            return error;
        }
        return InstallErrorKind.NotFound;
    }

    private InstallErrorKind LoadOrReadLink(InstallContext context, InstallRecord record, ByteText path, Search search)
    {
        Result<OwnedFd> opened = _tree.OpenFile(path, LibC.O_RDONLY | LibC.O_NOFOLLOW | LibC.O_NOCTTY | LibC.O_NONBLOCK);
        if (opened.Failed)
        {
            return opened.Error == Errno.ELOOP ? ReadLink(record, path)
                : opened.Error == Errno.ENOENT || opened.Error == Errno.ENOTDIR || opened.Error == Errno.EACCES ? InstallErrorKind.NotFound
                : InstallErrorKind.InvalidArgument;
        }
        using OwnedFd fd = opened.Value;
        Result<FileStat> stat = Sys.Stat(fd.Fd);
        if (stat.Failed) { return InstallErrorKind.InvalidArgument; }
        if (stat.Value.IsNullOrEmpty)
        {
            record.Kind = InstallFileKind.Masked;
            return InstallErrorKind.None;
        }
        if (stat.Value.IsDirectory) { return InstallErrorKind.IsDirectory; }
        if (!stat.Value.IsRegular) { return InstallErrorKind.InvalidArgument; }
        record.Kind = InstallFileKind.Regular;
        if ((search & Search.Load) == 0) { return InstallErrorKind.None; }
        Result<byte[]> text = Sys.ReadToEnd(fd.Fd);
        return text.Failed ? InstallErrorKind.InvalidArgument : new InstallSection(record, context, _specifiers, _tree.Outside(path), Tell).Read(text.Value);
    }

    private InstallErrorKind ReadLink(InstallRecord record, ByteText path)
    {
        Result<ByteText> target = _tree.ReadLink(path);
        if (target.Failed) { return InstallErrorKind.InvalidArgument; }
        ByteText resolved = InSearchPath(TextPath.Resolve(TextPath.DirName(path.Span), target.Value.Span));
        record.LinkTarget = resolved;
        Result<FileStat> stat = _tree.Stat(resolved, followLinks: true);
        bool isMask = resolved.Span.SequenceEqual("/dev/null"u8) || (!stat.Failed && stat.Value.IsNullOrEmpty);
        record.Kind = isMask ? InstallFileKind.Masked
            : DirectoryOf(resolved) is null ? InstallFileKind.Linked : InstallFileKind.Symlink;
        return InstallErrorKind.None;
    }

    /// <summary>A target that lies in a directory of the search path under another path (/usr/lib for /lib) gets the first path it has there.</summary>
    private ByteText InSearchPath(ByteText path)
    {
        ReadOnlySpan<byte> parent = TextPath.DirName(path.Span);
        Result<FileStat> stat = _tree.Stat(parent, followLinks: true);
        if (stat.Failed) { return path; }
        foreach (SearchDirectory directory in _paths.Directories)
        {
            Result<FileStat> other = _tree.Stat(directory.Path, followLinks: true);
            if (!other.Failed && other.Value.IsSameFile(stat.Value)) { return TextPath.Join(directory.Path.Span, TextPath.BaseName(path.Span)); }
        }
        return path;
    }

    private InstallErrorKind ReadDropIns(InstallContext context, InstallRecord record)
    {
        var directories = new List<ByteText>();
        AddDropInDirectories(directories, record.Name);
        if (record.Name.IsInstance) { AddDropInDirectories(directories, record.Name.Template); }
        foreach (ByteText path in ConfigFiles.List(_tree, directories.ToArray(), ".conf"u8))
        {
            Result<byte[]> text = _tree.ReadFile(path);
            if (text.Failed) { continue; }   // as the unit file itself would be told by the manager that loads it
            InstallErrorKind error = new InstallSection(record, context, _specifiers, _tree.Outside(path), Tell).Read(text.Value);
            if (error != InstallErrorKind.None) { return error; }
        }
        return InstallErrorKind.None;
    }

    private void AddDropInDirectories(List<ByteText> directories, UnitName name)
    {
        ByteText file = Text(name.Text);
        foreach (SearchDirectory directory in _paths.Directories) { directories.Add(TextPath.Join(directory.Path.Span, file.Span, ".d"u8)); }
    }
}
