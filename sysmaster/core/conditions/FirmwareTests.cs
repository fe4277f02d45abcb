using System.Text;
using SysMaster.Core.Boot;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Conditions;

/// <summary>ConditionFirmware=: uefi, device-tree, device-tree-compatible(…), smbios-field(…).</summary>
internal static class FirmwareTests
{
    public static Result<bool> Firmware(ByteText parameter, SystemFacts facts)
    {
        string text = parameter.ToString();
        return text switch
        {
            "device-tree" => SmallFile.Exists("/sys/firmware/devicetree/"),
            "uefi" => !facts.Virtualization.IsContainer && SmallFile.Exists("/sys/firmware/efi/"),
            _ when Argument(text, "device-tree-compatible(") is { } value => IsCompatible(value),
            _ when Argument(text, "smbios-field(") is { } value => SmbiosField(value),
            _ => false,
        };
    }

    private static string? Argument(string text, string function)
        => text.StartsWith(function, StringComparison.Ordinal) && text.EndsWith(')') ? text[function.Length..^1] : null;

    private static bool IsCompatible(string wanted)
    {
        Result<byte[]> file = Sys.ReadFile("/proc/device-tree/compatible"u8, 64 * 1024);
        if (file.Failed) { return false; }
        // A list of NUL-ended strings; without the last NUL the tree is broken.
        foreach (string one in Encoding.UTF8.GetString(file.Value).Split('\0'))
        {
            if (one == wanted && one.Length > 0) { return true; }
        }
        return false;
    }

    /// <summary>"bios_version &gt;= 1.2": a name of /sys/class/dmi/id, an operator, a value that may be quoted.</summary>
    private static Result<bool> SmbiosField(string expression)
    {
        int at = expression.AsSpan().IndexOfAny("<=>!$");
        if (at <= 0) { return Errno.EINVAL; }
        string field = expression[..at].TrimEnd();
        ReadOnlySpan<char> rest = expression.AsSpan(at);
        CompareOperator op = Comparison.Take(ref rest);
        if (op == CompareOperator.None || field.Length == 0 || field.AsSpan().ContainsAny('/', '\0') || field[0] == '.') { return Errno.EINVAL; }
        using var words = new Words(Encoding.UTF8.GetBytes(rest.Trim().ToString()), WordFlags.Unquote | WordFlags.CUnescape);
        if (!words.Next(out ReadOnlySpan<byte> word)) { return Errno.EINVAL; }
        string wanted = Encoding.UTF8.GetString(word);
        string? actual = SmallFile.FirstLineOrNull("/sys/class/dmi/id/" + field);
        return actual is not null && Comparison.Texts(actual, op, wanted);
    }
}
