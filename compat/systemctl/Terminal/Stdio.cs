using System.Text;
using SysMaster.Linux;

namespace SysMaster.Systemctl;

/// <summary>
/// Standard output, buffered as C's stdio would: whole blocks into pipes and files, what is pending before anybody waits on a terminal.
/// A program that reads both streams from one pipe sees the same order as from the original.
/// </summary>
internal static class Stdio
{
    private const int Block = 4096;

    private static readonly List<byte> s_pending = [];
    private static bool s_failed;

    public static void Write(string text)
    {
        s_pending.AddRange(Encoding.UTF8.GetBytes(text));
        Spill();
    }

    public static void Write(ReadOnlySpan<byte> text)
    {
        s_pending.AddRange(text);
        Spill();
    }

    public static void Line(string text = "") => Write(text + "\n");

    public static void Flush()
    {
        if (s_pending.Count == 0) { return; }
        Send(s_pending.Count);
    }

    private static void Spill()
    {
        if (s_pending.Count > Block) { Send(s_pending.Count / Block * Block); }
    }

    private static void Send(int count)
    {
        // A reader that has left ("| head") is no error worth words; nothing more is written then.
        if (!s_failed) { s_failed = Sys.WriteAll(new Fd(1), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(s_pending)[..count]).Failed; }
        s_pending.RemoveRange(0, count);
    }
}
