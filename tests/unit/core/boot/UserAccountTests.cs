using System.Text;
using SysMaster.Core.Boot;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Tests.Boot;

/// <summary>Who a user's manager is for, from its environment and, where that is silent, the files.</summary>
public sealed class UserAccountTests
{
    [Fact]
    public void What_the_environment_says_wins_over_the_files()
    {
        using var root = new TemporaryRoot();
        root.Write("/etc/passwd", "other:x:1234:55::/home/other:/bin/dash\n");
        ManagerOptions options = Account(root, "HOME=/srv/me/", "USER=me", "SHELL=/bin/zsh", "XDG_RUNTIME_DIR=/run/user/1234", "XDG_CONFIG_HOME=/srv/cfg").Options();

        options.IsSystem.Should().BeFalse();
        options.UserName.Should().Be("me");
        options.Home.Should().Be("/srv/me");
        options.Shell.Should().Be("/bin/zsh");
        options.RuntimeDirectory.Should().Be("/run/user/1234");
        options.ConfigHome.Should().Be("/srv/cfg");
        options.StateHome.Should().Be("/srv/me/.local/state");
        options.DataHome.Should().Be("/srv/me/.local/share");
    }

    [Fact]
    public void What_it_does_not_say_is_looked_up()
    {
        using var root = new TemporaryRoot();
        root.Write("/etc/passwd", "root:x:0:0::/root:/bin/sh\nother:x:1234:55::/home/other:/bin/dash\n");
        root.Write("/etc/group", "users:x:55:\n");
        ManagerOptions options = Account(root).Options();

        options.UserName.Should().Be("other");
        options.GroupName.Should().Be("users");
        options.Home.Should().Be("/home/other");
        options.Shell.Should().Be("/bin/dash");
        options.CacheHome.Should().Be("/home/other/.cache");
    }

    [Fact]
    public void Who_is_in_no_file_is_a_number()
    {
        using var root = new TemporaryRoot();
        ManagerOptions options = Account(root).Options();

        options.UserName.Should().Be("1234");
        options.GroupName.Should().Be("55");
        options.Home.Should().Be("/");
    }

    [Theory]
    [InlineData("XDG_RUNTIME_DIR=run/user/0", null)]
    [InlineData("XDG_RUNTIME_DIR=", null)]
    [InlineData("XDG_RUNTIME_DIRX=/x", null)]
    [InlineData("XDG_RUNTIME_DIR=/run/user/0", "/run/user/0")]
    public void A_directory_that_is_not_absolute_is_none(string variable, string? directory)
    {
        using var root = new TemporaryRoot();
        Account(root, variable).RuntimeDirectory.Should().Be(directory);
    }

    [Fact]
    public void Services_do_not_get_what_was_meant_for_the_manager()
    {
        ByteText[] own = ["XDG_RUNTIME_DIR=/run/user/0"u8, "NOTIFY_SOCKET=/run/systemd/notify"u8, "HOME=/root"u8, "INVOCATION_ID=aa"u8, "bad"u8];
        UserEnvironment.ForServices(own).ConvertAll(static v => v.ToString())
            .Should().Equal("HOME=/root", "PATH=" + DefaultEnvironment.Path, "XDG_RUNTIME_DIR=/run/user/0");
    }

    [Theory]
    [InlineData('h', "/home/me")]
    [InlineData('t', "/run/user/1234")]
    [InlineData('S', "/home/me/.local/state")]
    [InlineData('L', "/home/me/.local/state/log")]
    [InlineData('C', "/home/me/.cache")]
    [InlineData('E', "/home/me/.config")]
    [InlineData('D', "/home/me/.local/share")]
    [InlineData('u', "me")]
    [InlineData('U', "1234")]
    [InlineData('g', "55")]
    [InlineData('G', "55")]
    [InlineData('s', "/bin/sh")]
    public void Specifiers_are_the_users(char specifier, string text)
    {
        using var root = new TemporaryRoot();
        var manager = new Manager(Account(root, "HOME=/home/me", "USER=me", "XDG_RUNTIME_DIR=/run/user/1234").Options(), []);
        var output = new ByteBuilder(stackalloc byte[64]);

        SpecifierResult result = manager.Specifiers.Expand((byte)specifier, ref output);

        result.Should().Be(SpecifierResult.Done);
        Encoding.UTF8.GetString(output.Written).Should().Be(text);
        output.Dispose();
    }

    private static UserAccount Account(TemporaryRoot root, params string[] environment) =>
        new(Array.ConvertAll(environment, static v => new ByteText(v)), root.Path) { Uid = 1234, Gid = 55 };
}
