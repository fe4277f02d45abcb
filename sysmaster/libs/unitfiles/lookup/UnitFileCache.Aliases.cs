using System.Collections.Immutable;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>From names to files, through aliases, and back.</summary>
public sealed partial class UnitFileCache
{
    /// <summary>The file that a name stands for. For an instance without a file of its own, the template's.</summary>
    /// <returns>ENOENT, or ELOOP for too many aliases behind one another.</returns>
    private Errno Locate(ReadOnlySpan<byte> name, out int file)
    {
        Errno error = Follow(_files.Find(name), out file);
        if (error != Errno.ENOENT) { return error; }
        int template = FindTemplate(name);
        return template < 0 ? error : Follow(template, out file);
    }

    private Errno Follow(int entry, out int file)
    {
        file = -1;
        for (int hops = 0; entry >= 0; hops++)
        {
            if (_files[entry].Kind != FileEntryKind.Alias)
            {
                file = entry;
                return Errno.None;
            }
            if (hops == MaxAliasHops) { return Errno.ELOOP; }
            byte[] target = _targets[_files[entry].Target];
            entry = _files.Find(target);
            if (entry < 0) { entry = FindTemplate(target); }
        }
        return Errno.ENOENT;
    }

    private int FindTemplate(ReadOnlySpan<byte> name)
    {
        NameForm form = NameForm.Of(name);
        return form.Form == UnitNameForm.Instance ? _files.Find(form.Template(stackalloc byte[UnitName.MaxLength])) : -1;
    }

    /// <summary>Hangs every alias on the file it ends at.</summary>
    private void ConnectAliases()
    {
        for (int i = 0; i < _files.Count; i++)
        {
            if (_files[i].Kind != FileEntryKind.Alias || Follow(i, out int file).Failed) { continue; }
            _files[i].Alias = _files[file].Alias;
            _files[file].Alias = i + 1;
        }
    }

    /// <summary>The main name, then the name asked for and all aliases; those of a template get the instance.</summary>
    private ImmutableArray<UnitName> NamesOf(UnitName asked, int file)
    {
        UnitName main = ForInstance(_files.Name(file), asked);
        if (!main.IsValid) { main = asked; }
        if (_files[file].Alias == 0 && main == asked) { return [main]; }

        var others = new List<UnitName>();
        AddName(others, main, asked);
        for (int alias = _files[file].Alias; alias != 0; alias = _files[alias - 1].Alias)
        {
            AddName(others, main, ForInstance(_files.Name(alias - 1), asked));
        }
        others.Sort();
        others.Insert(0, main);
        return [.. others];
    }

    private static void AddName(List<UnitName> names, UnitName main, UnitName name)
    {
        if (name.IsValid && name != main && !names.Contains(name)) { names.Add(name); }
    }

    /// <summary>A template's name as the name of the instance that was asked for. Invalid for another instance's.</summary>
    private static UnitName ForInstance(ReadOnlySpan<byte> text, UnitName asked)
    {
        UnitName name = UnitName.Parse(text);
        if (!asked.IsInstance) { return name; }
        if (name.IsTemplate) { return name.WithInstance(asked.Instance); }
        return name.IsInstance && name.Instance.SequenceEqual(asked.Instance) ? name : default;
    }
}
