using SysMaster.DBus.Wire;
using SysMaster.TestRigs;

namespace SysMaster.Container.Tests;

/// <summary>One call to be made, and the answer it got: null while there is none.</summary>
internal sealed record BusCall(string Path, string Interface, string Member, string Signature, Action<MessageWriter> Body)
{
    /// <summary>To whom; a private connection takes the same.</summary>
    public string Destination { get; init; } = "org.freedesktop.systemd1";

    public MessageFlags Flags { get; init; }

    public string Key => $"{Interface}.{Member}";
}

/// <summary>Calls made inside a container by any user, over a real bus: the messages are made here, a script there sends them one by one.</summary>
internal static class BusRelay
{
    private const string SystemBus = "/run/dbus/system_bus_socket";

    /// <returns>For each call "ok SIGNATURE", "NAME: TEXT" of its error, or "no answer".</returns>
    public static IReadOnlyList<string> Send(Machine machine, string user, IReadOnlyList<BusCall> calls, int secondsEach = 10, string socket = SystemBus)
    {
        string folder = $"/proc/{machine.Pid}/root/run/relay";
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "bus", "relay.pl"), $"{folder}/relay.pl", overwrite: true);
        File.WriteAllBytes($"{folder}/calls", [.. Encode(calls, socket == SystemBus)]);
        machine.Must($"cd /run/relay; chmod 755 . relay.pl; runuser -u {user} -- perl relay.pl {socket} {secondsEach} <calls >answers", 60 + (calls.Count * secondsEach));
        return [.. Decode(File.ReadAllBytes($"{folder}/answers"))];
    }

    private static IEnumerable<byte> Encode(IReadOnlyList<BusCall> calls, bool isBus)
    {
        var all = new MemoryStream();
        var writer = new MessageWriter();
        if (isBus) { Append(all, writer, 1, "org.freedesktop.DBus", new BusCall("/org/freedesktop/DBus", "org.freedesktop.DBus", "Hello", "", static _ => { })); }
        for (int i = 0; i < calls.Count; i++) { Append(all, writer, (uint)i + 2, calls[i].Destination, calls[i]); }
        return all.ToArray();
    }

    private static void Append(MemoryStream all, MessageWriter writer, uint serial, string destination, BusCall call)
    {
        writer.BeginCall(destination, call.Path, call.Interface, call.Member, call.Signature, call.Flags);
        call.Body(writer);
        var bytes = new byte[writer.WireLengthMax(0)];
        all.Write(bytes, 0, writer.CopyTo(bytes, serial, default));
    }

    private static IEnumerable<string> Decode(byte[] answers)
    {
        bool isFirst = true;
        for (int at = 0; at < answers.Length;)
        {
            if (answers[at] == 0) { at += 16; yield return "no answer"; continue; }
            int length = Message.LengthOf(answers.AsSpan(at, 16));
            // The descriptors of a body stay in the script: its header is enough.
            var message = new Message();
            message.Parse(answers, at, length);
            at += length;
            bool isHello = isFirst && message.Sender.SequenceEqual("org.freedesktop.DBus"u8) && message.ReplySerial == 1;
            isFirst = false;
            if (!isHello) { yield return Describe(message); }
        }
    }

    private static string Describe(Message message)
    {
        if (message.Type == MessageType.MethodReturn) { return $"ok {System.Text.Encoding.ASCII.GetString(message.BodySignature)}".TrimEnd(); }
        string text = message.BodySignature.StartsWith("s"u8) ? message.Reader.ReadText() : "";
        return $"{System.Text.Encoding.ASCII.GetString(message.ErrorName)}: {text}";
    }
}
