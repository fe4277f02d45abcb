using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

/// <summary>As systemd since 250 in unit files: a percent sign before a letter or digit that means nothing refuses the setting; before anything else it stays.</summary>
internal sealed class StrictSpecifiers(ISpecifierSource source) : ISpecifierSource
{
    public bool HadUnknown { get; set; }

    public SpecifierResult Expand(byte specifier, ref ByteBuilder output)
    {
        SpecifierResult result = source.Expand(specifier, ref output);
        if (result != SpecifierResult.Unknown || !char.IsAsciiLetterOrDigit((char)specifier))
            return result;
        HadUnknown = true;
        return SpecifierResult.Failed;
    }
}
