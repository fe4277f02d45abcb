using System.Buffers.Text;
using SysMaster.Linux;

namespace SysMaster.Core;

/// <summary>
/// Whether the system's own files know a name; a number is nobody's to choose. No NSS here, the manager must not wait for one: DynamicUser= with the name of a
/// directory's user takes a number of its own.
/// </summary>
internal static class AccountFiles
{
    public static bool HasUser(ByteText name) => UserId(name) is not null;

    public static bool HasGroup(ByteText name) => IsNumber(name, out _) || Id("/etc/group"u8, name) is not null;

    public static uint? UserId(ByteText name) => IsNumber(name, out uint uid) ? uid : Id("/etc/passwd"u8, name);

    private static bool IsNumber(ByteText name, out uint number) => Utf8Parser.TryParse(name.Span, out number, out int used) && used == name.Length;

    /// <summary>The third field of the name's line.</summary>
    private static uint? Id(ByteText path, ByteText name)
    {
        Result<byte[]> file = Sys.ReadFile(path);
        if (file.Failed || name.IsEmpty) { return null; }
        ReadOnlySpan<byte> text = file.Value;
        foreach (Range range in text.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = text[range];
            if (line.Length <= name.Length || line[name.Length] != (byte)':' || !line.StartsWith(name.Span)) { continue; }
            line = line[(name.Length + 1)..];
            line = line[(line.IndexOf((byte)':') + 1)..];
            if (Utf8Parser.TryParse(line, out uint id, out _)) { return id; }
        }
        return null;
    }
}
