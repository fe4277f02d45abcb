using SysMaster.Linux;

namespace SysMaster.UnitFiles.Lookup;

/// <summary>One directory of the search path.</summary>
/// <param name="Path">As the tree sees it, without the root's prefix.</param>
/// <param name="Role">What it is for.</param>
public readonly record struct SearchDirectory(ByteText Path, SearchRole Role)
{
    public bool IsGenerator => Role is SearchRole.Generator or SearchRole.GeneratorEarly or SearchRole.GeneratorLate;

    public bool IsTransient => Role == SearchRole.Transient;

    public bool IsControl => Role is SearchRole.PersistentControl or SearchRole.RuntimeControl;

    /// <summary>Where enable, mask and link write.</summary>
    public bool IsConfig => Role is SearchRole.PersistentConfig or SearchRole.RuntimeConfig;

    /// <summary>Gone after a reboot.</summary>
    public bool IsRuntime => IsGenerator || IsTransient || Role is SearchRole.RuntimeConfig or SearchRole.RuntimeControl
        || TextPath.IsBelow(Path.Span, "/run"u8);

    /// <summary>What a package or a generator put there, which <c>revert</c> falls back to.</summary>
    public bool IsVendorOrGenerator => IsGenerator || TextPath.IsBelow(Path.Span, "/usr"u8) || TextPath.IsBelow(Path.Span, "/lib"u8);
}
