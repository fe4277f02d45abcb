using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Install;

/// <summary>Making the links that a unit's [Install] section asks for.</summary>
public sealed partial class UnitFileInstaller
{
    /// <summary>Works through the context, Also= included.</summary>
    private void Apply(InstallContext context, InstallFlags flags, Search search, bool isPreset, InstallResult result)
    {
        while (context.TakeNext() is { } next)
        {
            InstallRecord record = next;
            InstallErrorKind error = Traverse(context, ref record, search);
            if (error != InstallErrorKind.None)
            {
                if (next.IsAuxiliary) { result.Add(new InstallChange(InstallChangeKind.AuxiliaryFailed, Text(next.Name.Text), default)); continue; }
                result.Fail(FailFor(error, Text(next.Name.Text)));
                return;
            }
            // A unit that another one names in Also= may be masked.
            if (next.Kind == InstallFileKind.Masked) { result.Add(new InstallChange(InstallChangeKind.Masked, _tree.Outside(next.Path), default)); continue; }
            if (next.Kind != InstallFileKind.Regular) { continue; }
            result.CarriesInstallInfo |= ApplyRecord(next, flags, isPreset, result) == true;
        }
    }

    /// <summary>
    /// A file from elsewhere is linked first, or nothing is; that link does not count. Then, as in systemd, the first kind of link that came to anything, good or bad, decides for the
    /// unit; later failures are told, but do not fail the whole.
    /// </summary>
    /// <returns>Null: there was nothing to do.</returns>
    private bool? ApplyRecord(InstallRecord record, InstallFlags flags, bool isPreset, InstallResult result)
    {
        ByteText config = ConfigPath(flags);
        int start = result.Changes.Count;
        if (DirectoryOf(record.Path) is null)
        {
            bool force = (flags & InstallFlags.Force) != 0;
            if (!MakeLink(record.Path, TextPath.Join(config.Span, Text(record.Name.Text).Span), force, result))
            {
                result.FailFrom(start);
                return false;
            }
            start = result.Changes.Count;
        }
        bool? outcome = Decide(null, LinkAliases(record, config, flags, result), result, ref start);
        outcome = Decide(outcome, LinkInto(record, config, record.WantedBy, ".wants/"u8, isPreset, result), result, ref start);
        outcome = Decide(outcome, LinkInto(record, config, record.RequiredBy, ".requires/"u8, isPreset, result), result, ref start);
        outcome = Decide(outcome, LinkInto(record, config, record.UpheldBy, ".upholds/"u8, isPreset, result), result, ref start);
        if (outcome == false) { result.FailFrom(start); }
        return outcome;
    }

    private static bool? Decide(bool? before, bool? now, InstallResult result, ref int start)
    {
        if (before is null && now is null) { start = result.Changes.Count; }
        return before ?? now;
    }

    /// <returns>Null: there was nothing to do.</returns>
    private bool? LinkAliases(InstallRecord record, ByteText config, InstallFlags flags, InstallResult result)
    {
        bool? outcome = null;
        foreach (ByteText alias in record.Aliases)
        {
            if (LinkAlias(record, alias, config, flags, result) is { } done) { outcome = (outcome ?? true) && done; }
        }
        return outcome;
    }

    private bool? LinkAlias(InstallRecord record, ByteText alias, ByteText config, InstallFlags flags, InstallResult result)
    {
        if (_specifiers.Expand(record, alias.Span, out InstallErrorKind error) is not { } name) { return result.Refuse(InstallChange.Fail(error, alias)); }
        if (!CheckAlias(record, ref name, out bool isSelf, out InstallChange failure)) { return result.Refuse(failure); }
        if (isSelf) { return null; }
        ByteText path = TextPath.Join(config.Span, Text(name).Span);
        Result<FileStat> there = _tree.Stat(path, followLinks: true);
        bool isBroken = there.Failed && there.Error == Errno.ENOENT;   // a dangling link may be replaced
        return MakeLink(record.Path, path, (flags & InstallFlags.Force) != 0 || isBroken, result);
    }

    /// <summary>Alias= may be a name, or a link in a .wants or .requires directory (the old way).</summary>
    private static bool CheckAlias(InstallRecord record, ref string alias, out bool isSelf, out InstallChange failure)
    {
        failure = default;
        isSelf = false;
        int slash = alias.LastIndexOf('/');
        if (slash >= 0) { return CheckAliasPath(record, alias, slash, out failure); }
        UnitName name = UnitName.Parse(alias);
        if (name.IsTemplate && record.Name.IsInstance)
        {
            name = name.WithInstance(record.Name.Instance);   // the instance propagates
            alias = name.Text;
        }
        isSelf = name.IsValid && name == record.Name;
        if (isSelf || (name.IsValid && AliasRules.Check(Text(name.Text).Span, Text(record.Name.Text).Span) is null)) { return true; }
        failure = InstallChange.Fail(InstallErrorKind.BadAlias, Text(alias), Text(record.Name.Text));
        return false;
    }

    private static bool CheckAliasPath(InstallRecord record, string alias, int slash, out InstallChange failure)
    {
        failure = default;
        string directory = alias[..slash];
        string? unit = directory.EndsWith(".wants", StringComparison.Ordinal) ? directory[..^6]
            : directory.EndsWith(".requires", StringComparison.Ordinal) ? directory[..^9] : null;
        UnitName owner = unit is null ? default : UnitName.Parse(unit);
        UnitName link = UnitName.Parse(alias[(slash + 1)..]);
        if (!owner.IsValid || !link.IsValid)
        {
            failure = InstallChange.Fail(InstallErrorKind.BadReference, Text(alias));
            return false;
        }
        bool fits = link == record.Name || link.Template == record.Name || (owner.IsTemplate && record.Name.Template == link);
        failure = fits ? default : InstallChange.Fail(InstallErrorKind.BadAlias, Text(alias), Text(record.Name.Text));
        return fits;
    }

    /// <summary>Links in DESTINATION.wants/ for each destination.</summary>
    /// <returns>Null: there was nothing to do.</returns>
    private bool? LinkInto(InstallRecord record, ByteText config, List<ByteText> destinations, ReadOnlySpan<byte> suffix, bool isPreset, InstallResult result)
    {
        bool hasInstance = !record.Name.IsTemplate || record.DefaultInstance.Length > 0;
        UnitName link = record.Name.IsTemplate && hasInstance ? record.Name.WithInstance(record.DefaultInstance) : record.Name;
        bool? outcome = null;
        foreach (ByteText destination in destinations)
        {
            if (DestinationOf(record, destination, link, hasInstance, out InstallChange failure) is not { } owner)
            {
                if (isPreset && failure.Error is InstallErrorKind.NotTemplate or InstallErrorKind.BadName) { continue; }   // told to nobody by presets
                outcome = result.Refuse(failure);
                continue;
            }
            bool done = MakeLink(record.Path, DependencyLink(config, owner, suffix, link), force: true, result);
            outcome = (outcome ?? true) && done;
            if (!Exists(owner.Text, out InstallChange unknown) && !unknown.IsFailure)
            {
                result.Add(new InstallChange(InstallChangeKind.DestinationNotPresent, Text(owner.Text), _tree.Outside(record.Path)));
            }
        }
        return outcome;
    }

    private static ByteText DependencyLink(ByteText config, UnitName owner, ReadOnlySpan<byte> suffix, UnitName link)
    {
        using var path = new ByteBuilder(stackalloc byte[512]);
        path.Append(config.Span);
        path.Append((byte)'/');
        path.AppendAscii(owner.Text);
        path.Append(suffix);
        path.AppendAscii(link.Text);
        return path.ToByteText();
    }

    private UnitName? DestinationOf(InstallRecord record, ByteText destination, UnitName link, bool hasInstance, out InstallChange failure)
    {
        failure = default;
        if (_specifiers.Expand(record, destination.Span, out InstallErrorKind error) is not { } text)
        {
            failure = InstallChange.Fail(error, destination);
            return null;
        }
        UnitName owner = UnitName.Parse(text);
        if (owner.IsValid && (hasInstance || owner.IsTemplate || owner.IsInstance)) { return owner; }
        failure = owner.IsValid
            ? InstallChange.Fail(InstallErrorKind.NotTemplate, Text(text), Text(link.Text))
            : InstallChange.Fail(InstallErrorKind.BadName, Text(text));
        return null;
    }

    /// <returns>False with a failure told in the result.</returns>
    private bool MakeLink(ByteText target, ByteText path, bool force, InstallResult result)
    {
        if (_tree.MakeParents(path) is { Failed: true } noParent) { return result.Refuse(InstallChange.Fail(noParent, _tree.Outside(path))); }
        Errno error = _tree.Symlink(target, path);
        if (!error.Failed)
        {
            result.Add(new InstallChange(InstallChangeKind.Symlink, _tree.Outside(path), target));
            return true;
        }
        if (error != Errno.EEXIST) { return result.Refuse(InstallChange.Fail(error, _tree.Outside(path))); }
        Result<ByteText> there = _tree.ReadLink(path);
        if (there.Failed) { return result.Refuse(FailAt(InstallErrorKind.Exists, path)); }
        if (IsSameTarget(path, there.Value, target)) { return true; }
        if (!force) { return result.Refuse(FailAt(InstallErrorKind.Exists, path, there.Value)); }
        error = _tree.ReplaceWithSymlink(target, path);
        if (error.Failed) { return result.Refuse(InstallChange.Fail(error, _tree.Outside(path))); }
        result.Add(new InstallChange(InstallChangeKind.Unlink, _tree.Outside(path), default));
        result.Add(new InstallChange(InstallChangeKind.Symlink, _tree.Outside(path), target));
        return true;
    }

    /// <summary>Relative or absolute, through /lib or /usr/lib: the same file?</summary>
    private bool IsSameTarget(ByteText link, ByteText have, ByteText want)
    {
        ReadOnlySpan<byte> directory = TextPath.DirName(link.Span);
        return InSearchPath(TextPath.Resolve(directory, have.Span)) == InSearchPath(TextPath.Resolve(directory, want.Span));
    }
}
