using System.Text;
using SysMaster.UnitFiles;

namespace SysMaster.Systemctl;

/// <summary>Bus paths of units, for any text: what is no valid name has a path too, and the manager's refusal of it is the one to show.</summary>
internal static class UnitPath
{
    public static string Of(string unit)
    {
        var output = new ByteBuilder(stackalloc byte[256]);
        output.AppendAscii(BusPath.UnitPrefix);
        BusPath.EscapeLabel(Encoding.UTF8.GetBytes(unit), ref output);
        string path = output.ToString();
        output.Dispose();
        return path;
    }
}
