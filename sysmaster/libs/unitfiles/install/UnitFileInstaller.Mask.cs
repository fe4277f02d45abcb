using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Install;

/// <summary>mask, unmask, link.</summary>
public sealed partial class UnitFileInstaller
{
    private static ByteText DevNull { get; } = new("/dev/null"u8);

    /// <summary>Links the names to /dev/null. Units that do not exist can be masked too.</summary>
    public InstallResult Mask(IReadOnlyList<string> names, InstallFlags flags = InstallFlags.None)
    {
        var result = new InstallResult();
        foreach (string name in names)
        {
            if (!UnitName.TryParse(name, out UnitName unit)) { result.Fail(InstallChange.Fail(InstallErrorKind.InvalidArgument, Text(name))); continue; }
            MakeLink(DevNull, InConfig(flags, unit), (flags & InstallFlags.Force) != 0, result);
        }
        result.FailFrom(0);
        return result;
    }

    /// <summary>Removes masks, in the directory that the flags name only.</summary>
    public InstallResult Unmask(IReadOnlyList<string> names, InstallFlags flags = InstallFlags.None)
    {
        var result = new InstallResult();
        var masks = new List<ByteText>();
        foreach (string name in names)
        {
            if (!UnitName.TryParse(name, out UnitName unit))
            {
                result.Fail(InstallChange.Fail(InstallErrorKind.InvalidArgument, Text(name)));
                return result;
            }
            ByteText path = InConfig(flags, unit);
            if (IsMask(path)) { if (!masks.Contains(path)) { masks.Add(path); } }
            else if (IsMaskedByGenerator(unit)) { result.Add(new InstallChange(InstallChangeKind.MaskedByGenerator, Text(name), default)); }
        }
        var marked = new HashSet<ByteText>();
        foreach (ByteText path in masks)
        {
            if (RemoveFile(path, result)) { marked.Add(path); }
        }
        RemoveMarked(marked, ConfigPath(flags), result);
        return result;
    }

    /// <summary>Makes unit files outside the search path known, by a link in it.</summary>
    public InstallResult Link(IReadOnlyList<string> paths, InstallFlags flags = InstallFlags.None)
    {
        var result = new InstallResult();
        var files = new List<(ByteText Path, UnitName Name)>();
        foreach (string path in paths)
        {
            if (!MayLink(path, out UnitName name, out InstallChange failure))
            {
                result.Fail(failure);
                return result;
            }
            if (DirectoryOf(Text(path)) is null) { files.Add((Text(path), name)); }
        }
        foreach ((ByteText path, UnitName name) in files)
        {
            MakeLink(path, InConfig(flags, name), (flags & InstallFlags.Force) != 0, result);
        }
        result.FailFrom(0);
        return result;
    }

    private bool MayLink(string path, out UnitName name, out InstallChange failure)
    {
        name = UnitName.Parse(path[(path.LastIndexOf('/') + 1)..]);
        failure = default;
        path = TextPath.Simplify(Text(path).Span).ToString();
        if (path is not ['/', ..]) { failure = InstallChange.Fail(Errno.EINVAL, Text(path)); }
        else if (!name.IsValid) { failure = InstallChange.Fail(InstallErrorKind.BadName, Text(path)); }
        else
        {
            Result<FileStat> stat = _tree.Stat(Text(path), followLinks: false);
            if (stat.Failed)
            {
                failure = stat.Error == Errno.ENOENT
                    ? InstallChange.Fail(InstallErrorKind.NotFound, Text(path)) : InstallChange.Fail(stat.Error, Text(path));
            }
            else if (stat.Value.IsLink) { failure = InstallChange.Fail(InstallErrorKind.Linked, Text(path)); }
            else if (!stat.Value.IsRegular) { failure = InstallChange.Fail(stat.Value.IsDirectory ? Errno.EISDIR : Errno.EINVAL, Text(path)); }
        }
        return failure.Error == InstallErrorKind.None;
    }

    private ByteText InConfig(InstallFlags flags, UnitName name) => TextPath.Join(ConfigPath(flags).Span, Text(name.Text).Span);

    private bool IsMask(ByteText path)
    {
        Result<ByteText> target = _tree.ReadLink(path);
        if (!target.Failed && TextPath.Resolve(TextPath.DirName(path.Span), target.Value.Span) == DevNull) { return true; }
        Result<FileStat> stat = _tree.Stat(path, followLinks: true);
        return !stat.Failed && stat.Value.IsNullOrEmpty;
    }

    private bool IsMaskedByGenerator(UnitName name)
    {
        ByteText file = Text(name.Text);
        return IsMask(TextPath.Join(_paths.GeneratorEarly.Span, file.Span)) || IsMask(TextPath.Join(_paths.Generator.Span, file.Span));
    }

    private bool RemoveFile(ByteText path, InstallResult result)
    {
        Errno error = _tree.Unlink(path);
        if (error.Failed)
        {
            if (error != Errno.ENOENT) { result.Fail(InstallChange.Fail(error, _tree.Outside(path))); }
            return false;
        }
        result.Add(new InstallChange(InstallChangeKind.Unlink, _tree.Outside(path), default));
        return true;
    }
}
