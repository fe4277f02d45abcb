namespace SysMaster.Core.Conditions;

/// <summary>Hidden files and backups, as ConditionDirectoryNotEmpty= and DirectoryNotEmpty= overlook them.</summary>
public static class HiddenNames
{
    /// <summary>Names that people and package managers leave about, which make no directory full.</summary>
    public static bool Is(ReadOnlySpan<byte> name)
        => name[0] == (byte)'.' || name[^1] == (byte)'~' || name.SequenceEqual("lost+found"u8) || name.SequenceEqual("aquota.user"u8)
            || name.SequenceEqual("aquota.group"u8) || name.EndsWith(".rpmnew"u8) || name.EndsWith(".rpmsave"u8)
            || name.EndsWith(".rpmorig"u8) || name.EndsWith(".dpkg-old"u8) || name.EndsWith(".dpkg-new"u8) || name.EndsWith(".dpkg-tmp"u8)
            || name.EndsWith(".dpkg-dist"u8) || name.EndsWith(".dpkg-bak"u8) || name.EndsWith(".dpkg-backup"u8)
            || name.EndsWith(".dpkg-remove"u8) || name.EndsWith(".ucf-new"u8) || name.EndsWith(".ucf-old"u8) || name.EndsWith(".ucf-dist"u8)
            || name.EndsWith(".swp"u8) || name.EndsWith(".bak"u8) || name.EndsWith(".old"u8) || name.EndsWith(".new"u8);
}
