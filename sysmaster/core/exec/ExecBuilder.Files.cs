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
        => unit.Settings.IsSet(ExecDirectives.LoadCredential) || unit.Settings.IsSet(ExecDirectives.SetCredential) || unit.Settings.IsSet(ExecDirectives.ImportCredential)
            || unit.Settings.IsSet(ExecDirectives.LoadCredentialEncrypted) || unit.Settings.IsSet(ExecDirectives.SetCredentialEncrypted);

    private static void AddCredentials(Manager manager, Unit unit, ExecRequest request)
    {
        SettingsBag set = unit.Settings;
        if (!HasCredentials(unit)) { return; }
        var credentials = new List<ExecCredential>();
        foreach (TextPair load in set.Get(ExecDirectives.LoadCredential)) { credentials.Add(Loaded(load, encrypted: false)); }
        foreach (TextPair load in set.Get(ExecDirectives.LoadCredentialEncrypted)) { credentials.Add(Loaded(load, encrypted: true)); }
        foreach (Credential given in set.Get(ExecDirectives.SetCredential)) { credentials.Add(new ExecCredential(given.Id, default, given.Data, false)); }
        foreach (Credential given in set.Get(ExecDirectives.SetCredentialEncrypted))
        {
            credentials.Add(new ExecCredential(given.Id, default, System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(given.Data)), true));
        }
        request.Credentials = [.. credentials];
        request.CredentialImports = set.Get(ExecDirectives.ImportCredential);
        request.CredentialSearch = Stores("/run/credentials/@system", "credstore");
        request.EncryptedCredentialSearch = Stores("/run/credentials/@encrypted", "credstore.encrypted");
        request.CredentialsDirectory = new ByteText($"{manager.Options.RuntimeDirectory}/credentials/{unit.Id}");
    }

    private static ExecCredential Loaded(TextPair load, bool encrypted) => new(load.First, load.Second.IsEmpty ? load.First : load.Second, [], encrypted);

    /// <summary>What the system was given, then what an administrator, this boot and the vendor keep. systemd.exec(5), "LoadCredential=".</summary>
    private static ByteText[] Stores(string given, string name) =>
        [new(given), new($"/etc/{name}"), new($"/run/{name}"), new($"/usr/local/lib/{name}"), new($"/usr/lib/{name}")];
}
