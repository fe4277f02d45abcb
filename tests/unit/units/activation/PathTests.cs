using SysMaster.Core;
using SysMaster.Linux;
using SysMaster.Units.Path;

namespace SysMaster.Units.Tests.Activation;

public sealed class PathTests
{
    private const string Service = "StartLimitBurst=0\n[Service]\nExecStart=/bin/true\n";

    private static PathUnit Started(TestManager t, string lines)
    {
        t.With("a.service", Service).With("a.path", "[Path]\n" + lines).Up();
        PathUnit path = t.Start<PathUnit>("a.path");
        path.State.Should().Be(PathState.Waiting);
        return path;
    }

    private static void Write(TestManager t, string name) => Sys.WriteFile(t.Path(name), "x"u8, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_APPEND).Failed.Should().BeFalse();

    private static bool Triggered(PathUnit path) => path.Triggered!.ActiveState == UnitActiveState.Failed;

    [Fact]
    public void A_path_that_comes_to_be_several_levels_down_triggers()
    {
        using var t = new TestManager();
        PathUnit path = Started(t, "PathExists={dir}/x/y/z\nTriggerLimitBurst=5\n");

        Sys.MkdirAll(t.Path("x/y"), 0x1ED);
        t.Manager.Loop.Turn(100);
        t.Settle();
        Triggered(path).Should().BeFalse();
        Write(t, "x/y/z");

        // The unit fails at once and the path is still there: it triggers until it may no more.
        t.Until(() => path.State == PathState.Failed);
        path.Result.Should().Be(PathResult.TriggerLimitHit);
    }

    [Fact]
    public void PathChanged_triggers_for_a_closed_write_and_only_once()
    {
        using var t = new TestManager();
        Write(t, "f");
        PathUnit path = Started(t, "PathChanged={dir}/f\n");

        Write(t, "f");
        t.Until(() => Triggered(path));

        t.Until(() => path.State == PathState.Waiting);
    }

    [Fact]
    public void PathChanged_triggers_when_the_file_appears()
    {
        using var t = new TestManager();
        PathUnit path = Started(t, "PathChanged={dir}/f\n");

        Write(t, "f");

        t.Until(() => Triggered(path));
    }

    [Fact]
    public void DirectoryNotEmpty_is_made_if_asked_and_triggers_when_filled()
    {
        using var t = new TestManager();
        PathUnit path = Started(t, "DirectoryNotEmpty={dir}/spool\nMakeDirectory=yes\nDirectoryMode=0700\nTriggerLimitBurst=2\n");
        (Sys.Stat(t.Path("spool")).Value.Mode & 0x1FF).Should().Be(0x1C0u);

        Write(t, "spool/job");

        t.Until(() => Triggered(path));
    }

    [Fact]
    public void A_glob_triggers_for_what_matches()
    {
        using var t = new TestManager();
        PathUnit path = Started(t, "PathExistsGlob={dir}/*.job\nTriggerLimitBurst=2\n");

        Write(t, "one.txt");
        t.Manager.Loop.Turn(100);
        t.Settle();
        Triggered(path).Should().BeFalse();
        Write(t, "one.job");

        t.Until(() => Triggered(path));
    }

    [Fact]
    public void A_stopped_path_watches_no_more()
    {
        using var t = new TestManager();
        PathUnit path = Started(t, "PathExists={dir}/f\n");

        t.Do(JobType.Stop, path).Should().BeNull();
        Write(t, "f");
        t.Manager.Loop.Turn(50);
        t.Settle();

        path.State.Should().Be(PathState.Dead);
        Triggered(path).Should().BeFalse();
    }
}
