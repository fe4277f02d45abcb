using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// ExtensionDirectories=: each must say, in usr/lib/extension-release.d/extension-release.NAME, that it is made for this system.
/// os-release(5), systemd-sysext(8).
/// </summary>
internal static class ExtensionRelease
{
    /// <returns>Mount options for overlayfs; empty when no extension has the hierarchy.</returns>
    public static ByteText Layers(ExecRequest r, ReadOnlySpan<byte> hierarchy)
    {
        var layers = new List<byte>();
        for (int i = r.ExtensionDirectories.Length - 1; i >= 0; i--)
        {
            ReadOnlySpan<byte> given = r.ExtensionDirectories[i].Span;
            bool mayBeMissing = given.StartsWith("-"u8);
            if (mayBeMissing) { given = given[1..]; }
            if (given.StartsWith("+"u8)) { given = given[1..]; }
            var directory = new ByteText(given);
            if (!Sys.Exists(directory))
            {
                if (mayBeMissing) { continue; }
                Report.Fail(ExecStatus.Namespace, Errno.ENOENT, directory);
            }
            if (hierarchy.SequenceEqual("/usr"u8)) { Check(r, directory); }
            ByteText layer = Paths.Join(directory, hierarchy);
            if (Sys.Exists(layer)) { Append(layers, layer); }
        }
        if (layers.Count == 0) { return default; }
        ByteText below = r.RootDirectory.Length > 1 ? Paths.Join(r.RootDirectory, hierarchy) : new ByteText(hierarchy);
        if (Sys.Exists(below)) { Append(layers, below); }
        return new ByteText([.. "lowerdir="u8, .. layers]);
    }

    private static void Append(List<byte> layers, ByteText path)
    {
        if (layers.Count > 0) { layers.Add((byte)':'); }
        foreach (byte b in path.Span)
        {
            if (b is (byte)':' or (byte)',' or (byte)'\\') { layers.Add((byte)'\\'); }
            layers.Add(b);
        }
    }

    private static void Check(ExecRequest r, ByteText directory)
    {
        ByteText file = Paths.Concat(Paths.Join(directory, "usr/lib/extension-release.d/extension-release."u8), Paths.Name(directory));
        Result<byte[]> extension = Sys.ReadFile(file, 65536);
        if (extension.Failed) { Report.Fail(ExecStatus.Namespace, extension.Error, file); }
        ByteText root = r.RootDirectory.Length > 1 ? r.RootDirectory : new ByteText("/"u8);
        Result<byte[]> host = Sys.ReadFile(Paths.Join(root, "etc/os-release"u8), 65536);
        if (host.Failed) { host = Sys.ReadFile(Paths.Join(root, "usr/lib/os-release"u8), 65536); }
        if (host.Failed) { Report.Fail(ExecStatus.Namespace, host.Error, "/etc/os-release"u8); }
        if (!Fits(extension.Value, host.Value)) { Report.Fail(ExecStatus.Namespace, Errno.ESTALE, directory); }
    }

    /// <summary>The same distribution, and the same level of extensions or, where none is named, the same version.</summary>
    private static bool Fits(byte[] extension, byte[] host)
    {
        ByteText id = Field(extension, "ID="u8);
        if (id.Span.SequenceEqual("_any"u8)) { return true; }
        if (id.IsEmpty || id != Field(host, "ID="u8)) { return false; }
        ByteText hostLevel = Field(host, "SYSEXT_LEVEL="u8), level = Field(extension, "SYSEXT_LEVEL="u8);
        if (!hostLevel.IsEmpty && !level.IsEmpty) { return level == hostLevel; }
        ByteText hostVersion = Field(host, "VERSION_ID="u8);
        return hostVersion.IsEmpty || Field(extension, "VERSION_ID="u8) == hostVersion;
    }

    private static ByteText Field(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range];
            if (line.StartsWith(name)) { return new ByteText(line[name.Length..].Trim("\"' "u8)); }
        }
        return default;
    }
}
