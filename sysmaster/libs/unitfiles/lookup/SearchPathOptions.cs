using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>What the search path depends on besides the scope.</summary>
public sealed class SearchPathOptions
{
    public FileTree Tree { get; init; } = FileTree.Host;

    /// <summary>
    /// Is /lib/systemd/system searched, before /usr/lib/systemd/system? Debian 12's systemd says yes, openEuler's and every one from 255 on say no.
    /// Null: yes where /lib is a directory of its own, or <see cref="VendorLayout"/> says that units lie there.
    /// </summary>
    public bool? SplitUsr { get; init; }

    /// <summary>SYSTEMD_UNIT_PATH: a colon list that replaces the search path; with a colon at its end it stands before it.</summary>
    public ByteText UnitPath { get; init; }

    /// <summary>Without the generators' directories.</summary>
    public bool ExcludeGenerated { get; init; }

    /// <summary>HOME, for a user manager.</summary>
    public ByteText Home { get; init; }

    /// <summary>XDG_RUNTIME_DIR; empty: a user has no directories below it.</summary>
    public ByteText RuntimeDirectory { get; init; }

    /// <summary>XDG_CONFIG_HOME; empty: ~/.config.</summary>
    public ByteText ConfigHome { get; init; }

    /// <summary>XDG_DATA_HOME; empty: ~/.local/share.</summary>
    public ByteText DataHome { get; init; }

    /// <summary>XDG_CONFIG_DIRS, a colon list; empty: /etc/xdg.</summary>
    public ByteText ConfigDirectories { get; init; }

    /// <summary>XDG_DATA_DIRS, a colon list; empty: /usr/local/share:/usr/share.</summary>
    public ByteText DataDirectories { get; init; }
}
