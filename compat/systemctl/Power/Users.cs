using System.Globalization;
using System.Runtime.InteropServices;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>Names of users.</summary>
internal static unsafe class Users
{
    private const int BufferSize = 4096;

    /// <summary>The number where it has no name.</summary>
    public static string NameOf(uint uid)
    {
        passwd entry;
        passwd* found = null;
        byte* buffer = stackalloc byte[BufferSize];
        bool known = LibC.getpwuid_r(uid, &entry, buffer, BufferSize, &found) == 0 && found is not null;
        return known ? Marshal.PtrToStringUTF8((nint)entry.pw_name) ?? "" : uid.ToString(CultureInfo.InvariantCulture);
    }
}
