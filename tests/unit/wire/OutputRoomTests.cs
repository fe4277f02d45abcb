using FluentAssertions;
using SysMaster.Linux;
using Xunit;

namespace SysMaster.DBus.Wire.Tests;

public sealed class OutputRoomTests
{
    [Fact]
    public void What_waits_to_be_sent_keeps_its_place_when_room_is_made()
    {
        var server = new Recorder();
        var client = new Recorder();
        (BusConnection s, BusConnection c) = Recorder.Pair(server, client);
        var received = new List<string>();
        client.Handler = (_, m) => received.Add(m.Reader.ReadText());
        var writer = new MessageWriter();
        const int Count = 400;

        // More than the socket holds, with a reader that takes some now and then: the buffer grows and is moved in between.
        for (int i = 0; i < Count; i++)
        {
            writer.BeginSignal("/", "a.b", "Said", "s");
            writer.WriteString($"{i}:{new string('x', 1000 + (i % 7 * 900))}");
            s.Send(writer);
            if (i % 60 == 59) { c.OnReadable(); }
        }
        for (int i = 0; i < 2000 && received.Count < Count; i++)
        {
            s.OnWritable();
            c.OnReadable();
        }

        received.Should().HaveCount(Count);
        for (int i = 0; i < Count; i++) { received[i].Should().StartWith($"{i}:"); }
    }
}
