using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Install;

/// <summary>enable, disable, reenable, preset, add-wants, add-requires, set-default, get-default.</summary>
public sealed partial class UnitFileInstaller
{
    /// <param name="files">Names, or absolute paths of unit files, which are linked too.</param>
    /// <param name="flags">Where, and whether other links may be replaced.</param>
    public InstallResult Enable(IReadOnlyList<string> files, InstallFlags flags = InstallFlags.None)
    {
        var result = new InstallResult();
        Enable(files, flags, result);
        return result;
    }

    public InstallResult Disable(IReadOnlyList<string> files, InstallFlags flags = InstallFlags.None)
    {
        var result = new InstallResult();
        Disable(files, flags, result);
        return result;
    }

    /// <summary>Disable, then enable: back to what [Install] says. Paths are for <see cref="Enable(IReadOnlyList{string}, InstallFlags)"/> only.</summary>
    public InstallResult Reenable(IReadOnlyList<string> files, InstallFlags flags = InstallFlags.None)
    {
        var result = new InstallResult();
        var names = new List<string>();
        var targets = new List<string>();
        foreach (string file in files)
        {
            names.Add(file[(file.LastIndexOf('/') + 1)..]);
            targets.Add(BehindLinks(file));
        }
        Disable(names, flags, result);
        result.CarriesInstallInfo = false;
        if (!result.Failed) { Enable(targets, flags, result); }
        return result;
    }

    /// <summary>Does to each unit what the presets say.</summary>
    public InstallResult Preset(IReadOnlyList<string> files, PresetMode mode = PresetMode.Full, InstallFlags flags = InstallFlags.None)
    {
        var result = new InstallResult();
        Presets presets = ReadPresets();
        var plus = new InstallContext();
        var minus = new InstallContext();
        foreach (string file in files)
        {
            if (PreparePreset(plus, minus, presets, file) is not { } failure) { continue; }
            result.Fail(failure);
            return result;
        }
        ExecutePreset(plus, minus, mode, flags, result);
        return result;
    }

    /// <summary>Presets for all unit files there are. Those that cannot be enabled are told and passed over.</summary>
    public InstallResult PresetAll(PresetMode mode = PresetMode.Full, InstallFlags flags = InstallFlags.None)
    {
        var result = new InstallResult();
        Presets presets = ReadPresets();
        var plus = new InstallContext();
        var minus = new InstallContext();
        foreach (SearchDirectory directory in _paths.Directories)
        {
            foreach ((ByteText name, byte type) in Entries(directory.Path))
            {
                if (type is not (LibC.DT_REG or LibC.DT_LNK) || !UnitName.TryParse(name.Span, out UnitName unit)) { continue; }
                if (PreparePreset(plus, minus, presets, unit.Text) is { } failure) { result.Add(failure); }
            }
        }
        ExecutePreset(plus, minus, mode, flags, result);
        return result;
    }

    /// <summary>Links units into TARGET.wants or TARGET.requires, whatever their [Install] says.</summary>
    public InstallResult AddDependency(IReadOnlyList<string> files, string target, DependencyLinkKind kind, InstallFlags flags = InstallFlags.None)
    {
        var result = new InstallResult();
        if (!UnitName.TryParse(target, out UnitName owner))
        {
            result.Fail(InstallChange.Fail(InstallErrorKind.BadName, Text(target)));
            return result;
        }
        var context = new InstallContext();
        if (DiscoverUsable(new InstallContext(), target, Search.FollowConfigLinks, out InstallChange failure) is null)
        {
            result.Fail(failure);
            return result;
        }
        foreach (string file in files)
        {
            if (DiscoverUsable(context, file, Search.FollowConfigLinks, out failure) is not { } record)
            {
                result.Fail(failure);
                return result;
            }
            record.ClearRules();
            List<ByteText> list = kind switch
            {
                DependencyLinkKind.Wants => record.WantedBy,
                DependencyLinkKind.Requires => record.RequiredBy,
                _ => record.UpheldBy,
            };
            list.Add(Text(owner.Text));
        }
        Apply(context, flags, Search.FollowConfigLinks, isPreset: false, result);
        return result;
    }

    /// <summary>Makes default.target an alias of another target.</summary>
    public InstallResult SetDefaultTarget(string target, InstallFlags flags = InstallFlags.None)
    {
        var result = new InstallResult();
        UnitName name = UnitName.Parse(target);
        if (name.Kind != UnitKind.Target || name.Text == "default.target")
        {
            result.Fail(InstallChange.Fail(InstallErrorKind.InvalidArgument, Text(target)));
            return result;
        }
        if (DiscoverUsable(new InstallContext(), target, Search.None, out InstallChange failure) is not { } record) { result.Fail(failure); }
        else { MakeLink(record.Path, TextPath.Join(_paths.PersistentConfig.Span, "default.target"u8), (flags & InstallFlags.Force) != 0, result); }
        result.FailFrom(0);
        return result;
    }

    /// <summary>The target behind default.target.</summary>
    /// <returns>ENOENT when there is none, ENOLINK when it leads nowhere, EXDEV when it leads to what cannot be one.</returns>
    public Result<UnitName> GetDefaultTarget()
        => Discover(new InstallContext(), "default.target", Search.FollowConfigLinks, out InstallChange failure) is { } record ? record.Name : failure.AsErrno;

    /// <summary>What to enable once the links are gone: an alias's unit, a linked unit's file.</summary>
    private string BehindLinks(string file)
    {
        if (Discover(new InstallContext(), file, Search.FollowConfigLinks, out _) is not { } record) { return file; }
        return DirectoryOf(record.Path) is null ? record.Path.ToString() : record.Name.Text;
    }

    private void Enable(IReadOnlyList<string> files, InstallFlags flags, InstallResult result)
    {
        var context = new InstallContext();
        foreach (string file in files)
        {
            if (DiscoverUsable(context, file, Search.Load | Search.FollowLinkedFiles, out InstallChange failure) is null)
            {
                result.Fail(failure);
                return;
            }
        }
        Apply(context, flags, Search.Load, isPreset: false, result);
    }

    private void Disable(IReadOnlyList<string> files, InstallFlags flags, InstallResult result)
    {
        var context = new InstallContext();
        foreach (string file in files)
        {
            if (!UnitName.TryParse(file, out UnitName name))
            {
                result.Fail(InstallChange.Fail(InstallErrorKind.BadName, Text(file)));
                return;
            }
            context.Add(name, isAuxiliary: false);
        }
        HashSet<ByteText> marked = MarkForRemoval(context, result);
        RemoveMarked(marked, ConfigPath(flags), result);
    }

    /// <returns>A failure, or null.</returns>
    private InstallChange? PreparePreset(InstallContext plus, InstallContext minus, Presets presets, string file)
    {
        bool isName = UnitName.TryParse(file, out UnitName name);
        if (isName && (plus.Contains(name) || minus.Contains(name))) { return null; }
        if (Discover(new InstallContext(), file, Search.FollowConfigLinks, out InstallChange failure) is not { } record) { return failure; }
        if (!isName || record.Name != name) { return null; }   // an alias: its unit is asked for itself
        PresetChoice choice = presets.Query(name);
        if (choice.Action == PresetAction.Ignore) { return null; }
        if (choice.Action == PresetAction.Disable) { return Discover(minus, file, Search.FollowConfigLinks, out failure) is null ? failure : null; }
        if (choice.Instances.IsEmpty) { return DiscoverUsable(plus, file, Search.Load | Search.FollowLinkedFiles, out failure) is null ? failure : null; }
        foreach (UnitName instance in choice.Instances)
        {
            if (DiscoverUsable(plus, instance.Text, Search.Load | Search.FollowLinkedFiles, out failure) is null) { return failure; }
        }
        return null;
    }

    private void ExecutePreset(InstallContext plus, InstallContext minus, PresetMode mode, InstallFlags flags, InstallResult result)
    {
        if (mode != PresetMode.EnableOnly)
        {
            HashSet<ByteText> marked = MarkForRemoval(minus, result);
            RemoveMarked(marked, ConfigPath(flags), result);
        }
        if (mode != PresetMode.DisableOnly) { Apply(plus, flags, Search.Load, isPreset: true, result); }
    }
}
