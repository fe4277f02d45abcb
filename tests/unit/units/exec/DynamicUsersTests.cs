using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;

namespace SysMaster.Units.Tests.Exec;

public sealed class DynamicUsersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sysmaster-users-").FullName;

    private DynamicUsers New() => new(new Manager(new ManagerOptions { RuntimeDirectory = _folder, WatchesKernel = false }, UnitTypes.All));

    /// <summary>The numbers are those that systemd 252 was seen to choose.</summary>
    [Theory]
    [InlineData("case-dynamic", 61581)]
    [InlineData("wobbly", 63839)]
    [InlineData("case-remove-ipc", 65014)]
    [InlineData("dd", 64307)]
    public void A_name_wants_the_number_it_has_under_systemd(string name, uint id) => New().Acquire(new ByteText(name)).Value.Id.Should().Be(id);

    [Fact]
    public void It_is_kept_until_the_last_unit_gives_it_back()
    {
        DynamicUsers users = New();
        DynamicUser first = users.Acquire("shared"u8).Value, second = users.Acquire("shared"u8).Value;

        users.Release(first);
        bool keptByOne = users.Find("shared"u8) is not null && File.Exists($"{_folder}/systemd/dynamic-uid/{second.Id}");
        users.Release(second);

        second.Should().BeSameAs(first);
        keptByOne.Should().BeTrue();
        users.All.Should().BeEmpty();
        Directory.GetFileSystemEntries($"{_folder}/systemd/dynamic-uid").Should().BeEmpty();
    }

    [Fact]
    public void A_number_that_another_manager_has_locked_is_left_alone()
    {
        DynamicUser theirs = New().Acquire("dd"u8).Value;

        DynamicUser ours = New().Acquire("dd"u8).Value;

        ours.Id.Should().NotBe(theirs.Id).And.BeInRange(DynamicUsers.First, DynamicUsers.Last);
    }

    [Fact]
    public void A_manager_that_starts_anew_takes_the_recorded_number_up()
    {
        uint id = DynamicUsers.First + 7;

        DynamicUsers users = New();
        users.Adopt("recorded"u8, id);

        users.Find(id)!.Name.ToString().Should().Be("recorded");
        users.Acquire("recorded"u8).Value.Id.Should().Be(id);
        users.Adopt("absurd"u8, 0).Should().BeNull("a damaged record gives nobody root");
    }

    [Fact]
    public void DynamicUser_implies_what_keeps_the_number_from_staying_behind()
    {
        using var manager = new TestManager(("dyn.service", "[Service]\nExecStart=true\nDynamicUser=yes\nProtectSystem=no\nCapabilityBoundingSet=CAP_SYSLOG CAP_KILL\nProtectKernelLogs=yes\n"),
            ("9odd@.service", "[Service]\nExecStart=true\nDynamicUser=yes\n"));

        SettingsBag set = manager["dyn.service"].Settings;

        set.Get(ExecDirectives.User).ToString().Should().Be("dyn");
        set.Get(ExecDirectives.Group).ToString().Should().Be("dyn");
        set.Get(ExecDirectives.ProtectSystem).Should().Be(ProtectSystem.Strict);
        set.Get(ExecDirectives.ProtectHome).Should().Be(ProtectHome.ReadOnly);
        set.Get(ExecDirectives.PrivateTmp).Should().BeTrue();
        set.Get(ExecDirectives.RemoveIPC).Should().BeTrue();
        set.Get(ExecDirectives.NoNewPrivileges).Should().BeTrue();
        set.Get(ExecDirectives.RestrictSUIDSGID).Should().BeTrue();
        set.Get(ExecDirectives.CapabilityBoundingSet).Should().Be(1UL << 5);
        manager["9odd@x.service"].Settings.Get(ExecDirectives.User).ToString().Should().StartWith("_du").And.HaveLength(19);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
