using SysMaster.Core;
using SysMaster.Units.Path;
using SysMaster.Units.Scope;
using SysMaster.Units.Socket;
using SysMaster.Units.Timer;

namespace SysMaster.Units.Tests.Activation;

public sealed class StateTableTests
{
    [Fact]
    public void Every_state_has_one_row_in_its_place()
    {
        SocketStates.Rows.Select(static r => r.State).Should().Equal(Enum.GetValues<SocketState>());
        TimerStates.Rows.Select(static r => r.State).Should().Equal(Enum.GetValues<TimerState>());
        PathStates.Rows.Select(static r => r.State).Should().Equal(Enum.GetValues<PathState>());
        ScopeStates.Rows.Select(static r => r.State).Should().Equal(Enum.GetValues<ScopeState>());
    }

    [Fact]
    public void The_words_are_those_of_systemd()
    {
        string[] socket = ["dead", "start-pre", "start-chown", "start-post", "listening", "running", "stop-pre", "stop-pre-sigterm", "stop-pre-sigkill", "stop-post", "final-sigterm", "final-sigkill", "failed", "cleaning"];
        SocketStates.Rows.Select(static r => r.Text).Should().Equal(socket);
        TimerStates.Rows.Select(static r => r.Text).Should().Equal("dead", "waiting", "running", "elapsed", "failed");
        PathStates.Rows.Select(static r => r.Text).Should().Equal("dead", "waiting", "running", "failed");
        ScopeStates.Rows.Select(static r => r.Text).Should().Equal("dead", "start-chown", "running", "abandoned", "stop-sigterm", "stop-sigkill", "failed");
    }

    [Fact]
    public void Every_result_has_its_word()
    {
        Enum.GetValues<SocketResult>().Select(static r => r.Text()).Should().OnlyHaveUniqueItems().And.HaveCount(9);
        Enum.GetValues<TimerResult>().Select(static r => r.Text()).Should().Equal("success", "resources", "start-limit-hit");
        Enum.GetValues<PathResult>().Select(static r => r.Text()).Should().OnlyHaveUniqueItems().And.HaveCount(5);
        Enum.GetValues<ScopeResult>().Select(static r => r.Text()).Should().Equal("success", "resources", "timeout", "oom-kill");
    }

    [Fact]
    public void A_socket_keeps_its_descriptors_while_it_is_up()
    {
        foreach (SocketStateRow row in SocketStates.Rows)
        {
            if (row.Active == UnitActiveState.Active) { row.Keep.Should().HaveFlag(SocketKeep.Fds, row.Text); }
            if (row.Active.IsInactiveOrFailed()) { row.Keep.Should().Be(SocketKeep.None, row.Text); }
        }
    }
}
