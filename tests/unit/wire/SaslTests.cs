using System.Text;
using FluentAssertions;
using Xunit;

namespace SysMaster.DBus.Wire.Tests;

public sealed class SaslTests
{
    private const string Guid = "0123456789abcdef0123456789abcdef";

    /// <summary>What a client of UID 1000 says, what it hears, and where that ends ("" goes on). 31303030 is "1000".</summary>
    public static TheoryData<string[], string[], string> Scripts => new()
    {
        { ["AUTH EXTERNAL 31303030", "NEGOTIATE_UNIX_FD", "BEGIN"], ["OK " + Guid, "AGREE_UNIX_FD", ""], "Done" },
        { ["AUTH EXTERNAL", "DATA 31303030", "BEGIN"], ["DATA", "OK " + Guid, ""], "Done" },
        { ["AUTH EXTERNAL", "DATA", "NEGOTIATE_UNIX_FD", "BEGIN"], ["DATA", "OK " + Guid, "AGREE_UNIX_FD", ""], "Done" },
        { ["AUTH EXTERNAL 31303031", "AUTH EXTERNAL 31303030", "BEGIN"], ["REJECTED EXTERNAL", "OK " + Guid, ""], "Done" },
        { ["AUTH", "AUTH ANONYMOUS", "AUTH DBUS_COOKIE_SHA1 31", "AUTH EXTERNAL"], ["REJECTED EXTERNAL", "REJECTED EXTERNAL", "REJECTED EXTERNAL", "DATA"], "Data" },
        { ["AUTH EXTERNAL 3130303", "AUTH EXTERNAL zz", "AUTH EXTERNAL 2D31"], ["REJECTED EXTERNAL", "REJECTED EXTERNAL", "REJECTED EXTERNAL"], "Auth" },
        { ["AUTH EXTERNAL", "CANCEL", "AUTH EXTERNAL 31303030"], ["DATA", "REJECTED EXTERNAL", "OK " + Guid], "Authenticated" },
        { ["AUTH EXTERNAL 31303030", "NEGOTIATE_UNIX_FD", "CANCEL", "AUTH EXTERNAL 31303030", "BEGIN"], ["OK " + Guid, "AGREE_UNIX_FD", "REJECTED EXTERNAL", "OK " + Guid, ""], "Done" },
        { ["HELLO", "DATA 31303030", "NEGOTIATE_UNIX_FD", ""], ["ERROR", "ERROR", "ERROR", "ERROR"], "Auth" },
        { ["AUTH EXTERNAL 31303030", "AUTH EXTERNAL 31303030", "DATA"], ["OK " + Guid, "ERROR", "ERROR"], "Authenticated" },
        { ["BEGIN"], [""], "Failed" },
        { ["AUTH EXTERNAL", "BEGIN"], ["DATA", ""], "Failed" },
        { ["AUTH EXTERNAL 31", "BEGIN"], ["REJECTED EXTERNAL", ""], "Failed" },
    };

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_client_hears_what_it_must(string[] says, string[] hears, string end)
    {
        var server = new SaslServer(1000, Guid, offersFds: true);
        server.Feed([0], new StringBuilder());

        for (int i = 0; i < says.Length; i++)
        {
            var replies = new StringBuilder();
            server.Feed(Encoding.ASCII.GetBytes(says[i] + "\r\n"), replies);
            replies.ToString().Should().Be(hears[i].Length == 0 ? "" : hears[i] + "\r\n", says[i]);
        }

        server.State.ToString().Should().Be(end);
    }

    [Fact]
    public void What_follows_BEGIN_is_left_alone_at_every_split_of_the_input()
    {
        byte[] input = Encoding.ASCII.GetBytes("\0AUTH EXTERNAL\r\nDATA\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\nl\u0001\u0000\u0001");
        for (int split = 0; split <= input.Length; split++)
        {
            var server = new SaslServer(1000, Guid, offersFds: true);
            var replies = new StringBuilder();

            int first = server.Feed(input.AsSpan(0, split), replies);
            int second = server.Feed(input.AsSpan(first), replies);

            (first + second).Should().Be(input.Length - 4);
            server.FdsAgreed.Should().BeTrue();
            replies.ToString().Should().Be($"DATA\r\nOK {Guid}\r\nAGREE_UNIX_FD\r\n");
        }
    }

    [Fact]
    public void A_negotiation_that_was_cancelled_does_not_count()
    {
        var server = new SaslServer(0, Guid, offersFds: true);

        server.Feed("\0AUTH EXTERNAL 30\r\nNEGOTIATE_UNIX_FD\r\nCANCEL\r\nAUTH EXTERNAL 30\r\nBEGIN\r\n"u8, new StringBuilder());

        server.State.Should().Be(SaslServerState.Done);
        server.FdsAgreed.Should().BeFalse();
    }

    [Fact]
    public void The_first_byte_must_be_NUL()
    {
        var server = new SaslServer(0, Guid, offersFds: true);

        server.Feed("AUTH EXTERNAL\r\n"u8, new StringBuilder());

        server.State.Should().Be(SaslServerState.Failed);
    }

    [Theory]
    [InlineData("OK 0123\r\nAGREE_UNIX_FD\r\n", "Done", true)]
    [InlineData("OK 0123\r\nERROR not here\r\n", "Done", false)]
    [InlineData("REJECTED EXTERNAL\r\n", "Failed", false)]
    [InlineData("OK 0123\r\nWHAT\r\n", "Failed", false)]
    [InlineData("OK 0123\r\n", "Fds", false)]
    public void Our_client_takes_the_answers(string answers, string end, bool fds)
    {
        var client = new SaslClient();
        foreach (char c in answers) { Buffer(client, c); }

        client.State.ToString().Should().Be(end);
        client.FdsAgreed.Should().Be(fds);
    }

    [Fact]
    public void Our_client_says_everything_at_once()
        => Encoding.ASCII.GetString(SaslClient.Greeting(1000)).Should().Be("\0AUTH EXTERNAL 31303030\r\nNEGOTIATE_UNIX_FD\r\nBEGIN\r\n");

    private readonly StringBuilder _held = new();

    private void Buffer(SaslClient client, char c)
    {
        _held.Append(c);
        _held.Remove(0, client.Feed(Encoding.ASCII.GetBytes(_held.ToString())));
    }
}
