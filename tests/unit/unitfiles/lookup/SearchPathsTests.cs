using SysMaster.Linux;
using SysMaster.UnitFiles.Lookup;

namespace SysMaster.UnitFiles.Tests.Lookup;

public sealed class SearchPathsTests
{
    [Fact]
    public void The_system_list_is_the_one_systemd_analyze_prints()
    {
        (string output, _, _) = TempTree.RunApart("systemd-analyze", ["unit-paths"]);

        SearchPaths paths = SearchPaths.Create(SearchScope.System, new SearchPathOptions { SplitUsr = true });

        paths.Directories.Select(d => d.Path.ToString()).Should().Equal(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_global_list_is_the_one_systemd_analyze_prints()
    {
        (string output, _, _) = TempTree.RunApart("systemd-analyze", ["--global", "unit-paths"]);

        SearchPaths paths = SearchPaths.Create(SearchScope.Global);

        paths.Directories.Select(d => d.Path.ToString()).Should().Equal(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("", "/home/u", "", "", "")]
    [InlineData("/run/user/7", "/home/u", "", "", "")]
    [InlineData("/run/user/7", "/home/u", "/cfg", "/data", "/xdg/a:/xdg/b")]
    public void A_users_list_follows_the_XDG_variables(string runtime, string home, string config, string data, string configDirectories)
    {
        (string output, _, _) = TempTree.RunApart("env",
            [.. new[] { "-i", "HOME=" + home, "PATH=/usr/bin", "XDG_RUNTIME_DIR=" + runtime, "XDG_CONFIG_HOME=" + config, "XDG_DATA_HOME=" + data,
                "XDG_CONFIG_DIRS=" + configDirectories }.Where(v => !v.EndsWith('=')), "systemd-analyze", "--user", "unit-paths"]);
        var options = new SearchPathOptions
        {
            RuntimeDirectory = new ByteText(runtime), Home = new ByteText(home), ConfigHome = new ByteText(config), DataHome = new ByteText(data),
            ConfigDirectories = new ByteText(configDirectories),
        };

        SearchPaths paths = SearchPaths.Create(SearchScope.User, options);

        paths.Directories.Select(d => d.Path.ToString()).Should().Equal(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("/a:/b", 2)]
    [InlineData("/a:/etc/systemd/system:relative", 2)]
    [InlineData("/a:", 14)]
    public void The_environment_replaces_the_list_or_stands_before_it(string value, int count)
    {
        SearchPaths paths = SearchPaths.Create(SearchScope.System, new SearchPathOptions { UnitPath = new ByteText(value), SplitUsr = true });

        paths.Directories.Length.Should().Be(count);
        paths.Directories[0].Path.ToString().Should().Be("/a");
        paths.PersistentConfig.ToString().Should().Be("/etc/systemd/system", "operations still write there");
    }
}
