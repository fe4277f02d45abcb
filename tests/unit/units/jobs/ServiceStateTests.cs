using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.Units.Service;

namespace SysMaster.Units.Tests;

public sealed class ServiceStateTests
{
    [Fact]
    public void Every_state_has_one_row_in_order()
    {
        ServiceState[] rows = new ServiceState[ServiceStates.Rows.Length];
        for (int i = 0; i < rows.Length; i++) { rows[i] = ServiceStates.Rows[i].State; }

        rows.Should().Equal(Enum.GetValues<ServiceState>());
    }

    [Theory]
    [InlineData(ServiceRestart.Always, ServiceResult.Success, true)]
    [InlineData(ServiceRestart.Always, ServiceResult.ExecCondition, false)]
    [InlineData(ServiceRestart.OnSuccess, ServiceResult.Success, true)]
    [InlineData(ServiceRestart.OnSuccess, ServiceResult.ExitCode, false)]
    [InlineData(ServiceRestart.OnFailure, ServiceResult.Timeout, true)]
    [InlineData(ServiceRestart.OnFailure, ServiceResult.Success, false)]
    [InlineData(ServiceRestart.OnAbnormal, ServiceResult.ExitCode, false)]
    [InlineData(ServiceRestart.OnAbnormal, ServiceResult.Signal, true)]
    [InlineData(ServiceRestart.OnAbort, ServiceResult.CoreDump, true)]
    [InlineData(ServiceRestart.OnAbort, ServiceResult.Timeout, false)]
    [InlineData(ServiceRestart.OnWatchdog, ServiceResult.Watchdog, true)]
    [InlineData(ServiceRestart.No, ServiceResult.CoreDump, false)]
    public void Restart_follows_the_table(ServiceRestart policy, ServiceResult result, bool restarts)
        => ServiceExit.ShouldRestart(policy, result).Should().Be(restarts);

    [Theory]
    [InlineData(LibC.CLD_EXITED, 0, true, ServiceResult.Success)]
    [InlineData(LibC.CLD_EXITED, 3, true, ServiceResult.ExitCode)]
    [InlineData(LibC.CLD_KILLED, 15, true, ServiceResult.Success)]
    [InlineData(LibC.CLD_KILLED, 15, false, ServiceResult.Signal)]
    [InlineData(LibC.CLD_KILLED, 9, true, ServiceResult.Signal)]
    [InlineData(LibC.CLD_DUMPED, 11, true, ServiceResult.CoreDump)]
    public void The_end_of_a_process_is_judged_as_daemons_and_commands_are(int code, int status, bool daemon, ServiceResult expected)
        => ServiceExit.Judge(new ChildExit(code, status), daemon, ExitStatusList.Empty).Should().Be(expected);
}
