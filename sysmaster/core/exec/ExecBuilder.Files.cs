using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Core;

/// <summary>Directories that are made for the service, credentials.</summary>
internal static partial class ExecBuilder
{
    private static readonly (Directive<Directives.ExecDirectory[]> Row, Directive<uint> Mode, ExecDirectoryKind Kind)[] s_directories =
    [
        (ExecDirectives.RuntimeDirectory, ExecDirectives.RuntimeDirectoryMode, ExecDirectoryKind.Runtime),
        (ExecDirectives.StateDirectory, ExecDirectives.StateDirectoryMode, ExecDirectoryKind.State),
        (ExecDirectives.CacheDirectory, ExecDirectives.CacheDirectoryMode, ExecDirectoryKind.Cache),
        (ExecDirectives.LogsDirectory, ExecDirectives.LogsDirectoryMode, ExecDirectoryKind.Logs),
        (ExecDirectives.ConfigurationDirectory, ExecDirectives.ConfigurationDirectoryMode, ExecDirectoryKind.Configuration),
    ];

    private static void AddFiles(Manager manager, SpawnContext spawn, ExecRequest request)
    {
        SettingsBag set = spawn.Unit.Settings;
        request.DirectoryBases = manager.Exec.DirectoryBases;
        List<Spawn.Exec.ExecDirectory>? directories = null;
        foreach ((Directive<Directives.ExecDirectory[]> row, Directive<uint> mode, ExecDirectoryKind kind) in s_directories)
        {
            if (!set.IsSet(row)) { continue; }
            foreach (Directives.ExecDirectory d in set.Get(row))
            {
                // The same directory again, for another link to it.
                int known = directories?.FindIndex(made => made.Kind == kind && made.Path == d.Path) ?? -1;
                if (known >= 0)
                {
                    if (!d.Link.IsEmpty) { directories![known] = directories[known] with { Symlinks = [.. directories[known].Symlinks, d.Link] }; }
                    continue;
                }
                (directories ??= []).Add(new Spawn.Exec.ExecDirectory(kind, d.Path, set.Get(mode), d.Link.IsEmpty ? [] : [d.Link]));
            }
        }
        if (directories is not null) { request.Directories = [.. directories]; }
        AddCredentials(manager, spawn.Unit, request);
    }

    /// <summary>A start may make a credentials directory.</summary>
    internal static bool HasCredentials(Unit unit)
        => unit.Settings.IsSet(ExecDirectives.LoadCredential) || unit.Settings.IsSet(ExecDirectives.SetCredential) || unit.Settings.IsSet(ExecDirectives.ImportCredential);

    private static void AddCredentials(Manager manager, Unit unit, ExecRequest request)
    {
        SettingsBag set = unit.Settings;
        if (!HasCredentials(unit)) { return; }
        var credentials = new List<ExecCredential>();
        foreach (TextPair load in set.Get(ExecDirectives.LoadCredential)) { credentials.Add(new ExecCredential(load.First, load.Second.IsEmpty ? load.First : load.Second, [])); }
        foreach (Credential given in set.Get(ExecDirectives.SetCredential)) { credentials.Add(new ExecCredential(given.Id, default, given.Data)); }
        request.Credentials = [.. credentials];
        request.CredentialImports = set.Get(ExecDirectives.ImportCredential);
        request.CredentialSearch = ["/run/credentials/@system"u8, "/etc/credstore"u8, "/run/credstore"u8, "/usr/local/lib/credstore"u8, "/usr/lib/credstore"u8];
        request.CredentialsDirectory = new ByteText($"{manager.Options.RuntimeDirectory}/credentials/{unit.Id}");
    }
}
