using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>The lists themselves, as <c>systemd-analyze unit-paths</c> prints them.</summary>
public sealed partial class SearchPaths
{
    /// <summary>What a package adds for the time that sysmaster is the manager; systemd does not look there.</summary>
    private static ReadOnlySpan<byte> Own => "/usr/lib/sysmaster/system"u8;

    private static void AddSystem(List<SearchDirectory> list, SearchPathOptions options)
    {
        Add(list, "/etc/systemd/system.control"u8, SearchRole.PersistentControl);
        Add(list, "/run/systemd/system.control"u8, SearchRole.RuntimeControl);
        Add(list, "/run/systemd/transient"u8, SearchRole.Transient);
        Add(list, "/run/systemd/generator.early"u8, SearchRole.GeneratorEarly);
        Add(list, "/etc/systemd/system"u8, SearchRole.PersistentConfig);
        Add(list, "/etc/systemd/system.attached"u8, SearchRole.PersistentAttached);
        Add(list, "/run/systemd/system"u8, SearchRole.RuntimeConfig);
        Add(list, "/run/systemd/system.attached"u8, SearchRole.RuntimeAttached);
        Add(list, "/run/systemd/generator"u8, SearchRole.Generator);
        Add(list, "/usr/local/lib/systemd/system"u8, SearchRole.Vendor);
        if (options.SplitUsr ?? LibIsSeparate(options.Tree) || VendorLayout.SearchesLib(options.Tree)) { Add(list, "/lib/systemd/system"u8, SearchRole.Vendor); }
        Add(list, "/usr/lib/systemd/system"u8, SearchRole.Vendor);
        if (IsDirectory(options.Tree, Own)) { Add(list, Own, SearchRole.Vendor); }
        Add(list, "/run/systemd/generator.late"u8, SearchRole.GeneratorLate);
    }

    private static void AddGlobal(List<SearchDirectory> list)
    {
        Add(list, "/etc/systemd/user"u8, SearchRole.PersistentConfig);
        Add(list, "/run/systemd/user"u8, SearchRole.RuntimeConfig);
        Add(list, "/usr/local/share/systemd/user"u8, SearchRole.Vendor);
        Add(list, "/usr/share/systemd/user"u8, SearchRole.Vendor);
        Add(list, "/usr/local/lib/systemd/user"u8, SearchRole.Vendor);
        Add(list, "/usr/lib/systemd/user"u8, SearchRole.Vendor);
    }

    private static void AddUser(List<SearchDirectory> list, SearchPathOptions options)
    {
        ByteText config = HomeDirectory(options.ConfigHome, options.Home, "/.config"u8);
        ByteText data = HomeDirectory(options.DataHome, options.Home, "/.local/share"u8);
        ByteText runtime = options.RuntimeDirectory;
        AddBelow(list, config, "/systemd/user.control"u8, SearchRole.PersistentControl);
        AddBelow(list, runtime, "/systemd/user.control"u8, SearchRole.RuntimeControl);
        AddBelow(list, runtime, "/systemd/transient"u8, SearchRole.Transient);
        AddBelow(list, runtime, "/systemd/generator.early"u8, SearchRole.GeneratorEarly);
        AddBelow(list, config, "/systemd/user"u8, SearchRole.PersistentConfig);
        AddEach(list, options.ConfigDirectories, "/etc/xdg"u8, SearchRole.SharedConfig);
        Add(list, "/etc/systemd/user"u8, SearchRole.SharedConfig);
        AddBelow(list, runtime, "/systemd/user"u8, SearchRole.RuntimeConfig);
        Add(list, "/run/systemd/user"u8, SearchRole.SharedConfig);
        AddBelow(list, runtime, "/systemd/generator"u8, SearchRole.Generator);
        AddBelow(list, data, "/systemd/user"u8, SearchRole.Vendor);
        AddEach(list, options.DataDirectories, "/usr/local/share:/usr/share"u8, SearchRole.Vendor);
        Add(list, "/usr/local/lib/systemd/user"u8, SearchRole.Vendor);
        Add(list, "/usr/lib/systemd/user"u8, SearchRole.Vendor);
        AddBelow(list, runtime, "/systemd/generator.late"u8, SearchRole.GeneratorLate);
    }

    private static ByteText HomeDirectory(ByteText own, ByteText home, ReadOnlySpan<byte> below)
        => TextPath.IsAbsolute(own.Span) ? own : home.IsEmpty ? default : TextPath.Concat(home.Span.TrimEnd((byte)'/'), below);

    private static void AddEach(List<SearchDirectory> list, ByteText directories, ReadOnlySpan<byte> fallback, SearchRole role)
    {
        ReadOnlySpan<byte> from = directories.IsEmpty ? fallback : directories.Span;
        foreach (Range range in from.Split((byte)':'))
        {
            if (TextPath.IsAbsolute(from[range])) { AddBelow(list, from[range], "/systemd/user"u8, role); }
        }
    }

    private static void AddBelow(List<SearchDirectory> list, ByteText parent, ReadOnlySpan<byte> path, SearchRole role)
    {
        if (!parent.IsEmpty) { list.Add(new SearchDirectory(TextPath.Concat(parent.Span.TrimEnd((byte)'/'), path), role)); }
    }

    private static void Add(List<SearchDirectory> list, ReadOnlySpan<byte> path, SearchRole role) => list.Add(new SearchDirectory(path, role));

    private static bool LibIsSeparate(FileTree tree) => IsDirectory(tree, "/lib"u8);

    private static bool IsDirectory(FileTree tree, ReadOnlySpan<byte> path)
    {
        Result<FileStat> found = tree.Stat(new ByteText(path), followLinks: false);
        return !found.Failed && found.Value.IsDirectory;
    }
}
