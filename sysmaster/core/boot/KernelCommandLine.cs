using System.Text;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Boot;

/// <summary>
/// The words of the kernel command line, quotes taken off. In a container it is what the container manager gave PID 1 as arguments,
/// man 5 systemd.unit ConditionKernelCommandLine=. Keys compare with "-" and "_" alike.
/// </summary>
public sealed class KernelCommandLine
{
    private readonly string[] _words;

    private KernelCommandLine(string[] words) => _words = words;

    public ReadOnlySpan<string> Words => _words;

    /// <param name="inContainer">Then PID 1's arguments count instead of /proc/cmdline.</param>
    public static KernelCommandLine Load(bool inContainer)
    {
        Result<byte[]> file = Sys.ReadFile(inContainer ? "/proc/1/cmdline"u8 : "/proc/cmdline"u8, 1 << 20);
        if (file.Failed) { return new KernelCommandLine([]); }
        return inContainer ? FromArguments(file.Value) : Parse(file.Value);
    }

    public static KernelCommandLine Parse(ReadOnlySpan<byte> text)
    {
        var list = new List<string>();
        using var words = new Words(text, WordFlags.Unquote | WordFlags.Relax | WordFlags.RetainEscape);
        while (words.Next(out ReadOnlySpan<byte> word)) { list.Add(Encoding.UTF8.GetString(word)); }
        return new KernelCommandLine([.. list]);
    }

    /// <summary>Arguments ended by NUL each, as /proc/PID/cmdline has them; the program's own name is left out.</summary>
    public static KernelCommandLine FromArguments(ReadOnlySpan<byte> arguments)
    {
        string[] all = Encoding.UTF8.GetString(arguments.TrimEnd((byte)0)).Split('\0');
        return new KernelCommandLine(all[1..]);
    }

    /// <summary>The exact assignment, or, without "=", the word alone or as a key: ConditionKernelCommandLine=.</summary>
    public bool Contains(string wordOrAssignment)
    {
        bool exact = wordOrAssignment.Contains('=');
        foreach (string word in _words)
        {
            if (word == wordOrAssignment) { return true; }
            if (!exact && word.Length > wordOrAssignment.Length && word[wordOrAssignment.Length] == '='
                && word.StartsWith(wordOrAssignment, StringComparison.Ordinal))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The last value of a key; null when it is not there; empty when it stands without a value.</summary>
    public string? ValueOrNull(string key)
    {
        for (int i = _words.Length - 1; i >= 0; i--)
        {
            if (Split(_words[i], out ReadOnlySpan<char> found, out string? value) && SameKey(found, key)) { return value ?? ""; }
        }
        return null;
    }

    /// <summary>A switch: the word alone is true. Null when absent or no boolean.</summary>
    public bool? FlagOrNull(string key)
        => ValueOrNull(key) is { } value ? value.Length == 0 ? true : BootWords.BooleanOrNull(value) : null;

    internal static bool Split(string word, out ReadOnlySpan<char> key, out string? value)
    {
        int equals = word.IndexOf('=');
        key = equals < 0 ? word : word.AsSpan(0, equals);
        value = equals < 0 ? null : word[(equals + 1)..];
        return word.Length > 0;
    }

    internal static bool SameKey(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length != b.Length) { return false; }
        for (int i = 0; i < a.Length; i++)
        {
            if (a[i] != b[i] && !(a[i] is '-' or '_' && b[i] is '-' or '_')) { return false; }
        }
        return true;
    }
}
