using System.Text;
using SysMaster.UnitFiles;

namespace SysMaster.Lint;

/// <summary>
/// What %n and the others may stand for, for a file that is not loaded: the unit's own parts are right, the machine's are samples of the right shape.
/// man 5 systemd.unit, "Specifiers".
/// </summary>
internal sealed class SampleSpecifiers(UnitName unit) : ISpecifierSource
{
    public SpecifierResult Expand(byte specifier, ref ByteBuilder output)
    {
        string instance = unit.Instance.IsEmpty ? unit.IsTemplate ? "instance" : "" : unit.Instance.ToString();
        string? text = (char)specifier switch
        {
            'n' => unit.Text,
            'N' => unit.Stem.ToString(),
            'p' or 'P' or 'j' or 'J' => unit.Prefix.ToString(),
            'i' or 'I' => instance,
            'f' => "/" + (instance.Length > 0 ? instance : unit.Prefix.ToString()),
            'y' => "/etc/systemd/system/" + unit.Text,
            'Y' => "/etc/systemd/system",
            'c' or 'r' or 'R' => "/system.slice",
            'd' => "/run/credentials/" + unit.Text,
            't' => "/run",
            'S' => "/var/lib",
            'C' => "/var/cache",
            'L' => "/var/log",
            'E' => "/etc",
            'D' => "/usr/share",
            'T' => "/tmp",
            'V' => "/var/tmp",
            'h' => "/root",
            's' => "/bin/sh",
            'u' or 'g' => "root",
            'U' or 'G' => "0",
            'm' or 'b' => "0123456789abcdef0123456789abcdef",
            'H' or 'l' or 'q' or 'A' or 'B' or 'M' or 'o' or 'w' or 'W' => "sample",
            'v' => "6.6.0",
            'a' => "x86-64",
            _ => null,
        };
        if (text is null) { return SpecifierResult.Unknown; }
        output.Append(Encoding.UTF8.GetBytes(text));
        return SpecifierResult.Done;
    }
}
