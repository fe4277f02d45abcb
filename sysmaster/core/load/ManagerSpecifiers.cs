using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core;

/// <summary>Specifiers that are the same for every unit of a manager: directories, the user it runs as; the rest are the machine's.</summary>
public sealed class ManagerSpecifiers(Manager manager) : ISpecifierSource
{
    public SpecifierResult Expand(byte specifier, ref ByteBuilder output)
    {
        bool system = manager.IsSystem;
        string home = manager.Options.Home;
        string? text = specifier switch
        {
            (byte)'t' => manager.Options.RuntimeDirectory,
            (byte)'S' => system ? "/var/lib" : manager.Options.StateHome,
            (byte)'C' => system ? "/var/cache" : manager.Options.CacheHome,
            (byte)'L' => system ? "/var/log" : manager.Options.StateHome + "/log",
            (byte)'E' => system ? "/etc" : manager.Options.ConfigHome,
            (byte)'D' => system ? "/usr/share" : manager.Options.DataHome,
            (byte)'h' => home,
            (byte)'s' => manager.Options.Shell,
            (byte)'u' => manager.Options.UserName,
            (byte)'U' => manager.Options.Uid.ToString(System.Globalization.CultureInfo.InvariantCulture),
            (byte)'g' => manager.Options.GroupName,
            (byte)'G' => manager.Options.Gid.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => null,
        };
        if (text is null) { return manager.Facts.Expand(specifier, ref output); }
        output.Append(new ByteText(text).Span);
        return SpecifierResult.Done;
    }
}
