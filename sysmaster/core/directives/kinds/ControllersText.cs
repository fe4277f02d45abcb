using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Directives;

internal static class ControllersText
{
    private static readonly string[] s_words =
    [
        "cpu", "cpuacct", "cpuset", "io", "blkio", "memory", "devices", "pids", "bpf-firewall", "bpf-devices", "bpf-foreign", "bpf-socket-bind", "bpf-restrict-network-interfaces",
    ];

    public static bool TryWord(ReadOnlySpan<byte> word, out Controllers controller)
    {
        controller = Controllers.None;
        for (int i = 0; i < s_words.Length; i++)
        {
            if (System.Text.Ascii.Equals(word, s_words[i]))
                controller = (Controllers)(1 << i);
        }
        return controller != Controllers.None;
    }

    public static void Print(Controllers controllers, ref ByteBuilder to)
    {
        bool first = true;
        for (int i = 0; i < s_words.Length; i++)
        {
            if ((controllers & (Controllers)(1 << i)) == 0)
                continue;
            TextOut.Blank(ref first, ref to);
            to.AppendAscii(s_words[i]);
        }
    }

    public static void Write(Controllers controllers, MessageWriter to)
    {
        ArrayMark array = to.BeginArray(4);
        for (int i = 0; i < s_words.Length; i++)
        {
            if ((controllers & (Controllers)(1 << i)) != 0)
                to.WriteString(s_words[i]);
        }
        to.EndArray(array);
    }

    public static bool TryRead(ref MessageReader from, ParseContext ctx, out Controllers controllers, out bool any)
    {
        controllers = Controllers.None;
        any = false;
        bool ok = true;
        ArrayToken array = from.BeginArray(4);
        while (from.HasNext(array))
        {
            any = true;
            ReadOnlySpan<byte> word = from.ReadString();
            ok &= TryWord(word, out Controllers one) || ctx.Refuse($"Unknown cgroup controller '{System.Text.Encoding.UTF8.GetString(word)}'");
            controllers |= one;
        }
        from.EndArray(array);
        return ok;
    }
}
