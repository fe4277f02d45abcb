using System.Globalization;
using SysMaster.UnitConverter.Input;

namespace SysMaster.UnitConverter.Formats.Inetd;

/// <summary>Names of ports, from the system's own /etc/services.</summary>
internal static class ServicePorts
{
    public static int? Find(string name, string protocol, InputOptions options)
    {
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) { return number is > 0 and < 65536 ? number : null; }
        foreach (string line in options.ReadOther("/etc/services")?.Lines ?? [])
        {
            string[] words = line.Split('#')[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2 || (words[0] != name && !words.Skip(2).Contains(name))) { continue; }
            string[] port = words[1].Split('/');
            if (port.Length == 2 && port[1] == protocol && int.TryParse(port[0], NumberStyles.None, CultureInfo.InvariantCulture, out number)) { return number; }
        }
        return null;
    }
}
