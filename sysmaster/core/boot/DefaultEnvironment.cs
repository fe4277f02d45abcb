using System.Text;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Boot;

/// <summary>
/// The manager's environment block before generators, DefaultEnvironment= and clients add to it: PATH and the locale (locale.conf(5)): from the
/// kernel command line, else /etc/locale.conf, else Debian's /etc/default/locale, else LANG=C.UTF-8.
/// </summary>
public static class DefaultEnvironment
{
    public const string Path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static readonly string[] s_localeNames =
    [
        "LANG", "LANGUAGE", "LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES", "LC_PAPER", "LC_NAME",
        "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT", "LC_IDENTIFICATION",
    ];

    /// <param name="options">For locale.*= and systemd.setenv=.</param>
    /// <param name="root">A prefix of the paths; empty is this machine.</param>
    public static EnvironmentList Build(BootOptions options, string root = "")
    {
        var list = new EnvironmentList();
        list.Set(new ByteText("PATH=" + Path));
        AddLocale(list, options, root);
        foreach (string assignment in options.Environment) { list.Set(new ByteText(assignment)); }
        return list;
    }

    /// <summary>The locale variables alone, for a reload: what was removed from the file goes.</summary>
    public static void AddLocale(EnvironmentList list, BootOptions options, string root = "")
    {
        var locale = new EnvironmentList();
        foreach (string assignment in options.Locale) { locale.Set(new ByteText(assignment)); }
        if (options.Locale.Count == 0 && !Load(locale, root + "/etc/locale.conf")) { _ = Load(locale, root + "/etc/default/locale"); }
        bool any = false;
        foreach (string name in s_localeNames)
        {
            if (!locale.TryGet(Encoding.ASCII.GetBytes(name), out ReadOnlySpan<byte> value) || value.IsEmpty) { continue; }
            list.Set(new ByteText([.. Encoding.ASCII.GetBytes(name), (byte)'=', .. value]));
            any = true;
        }
        if (!any) { list.Set("LANG=C.UTF-8"u8); }
    }

    private static bool Load(EnvironmentList list, string path)
    {
        Result<byte[]> file = Sys.ReadFile(new ByteText(path), 1 << 20);
        return !file.Failed && !EnvironmentFile.Load(file.Value, list).Failed;
    }
}
