using System.Diagnostics;
using SysMaster.Linux;

namespace SysMaster.Cgroups.Tests;

/// <summary>Against the machine's own cgroup2 tree, in a group of this test's own. Where groups cannot be made (no root, read-only), there is nothing to see.</summary>
public sealed class CgroupTreeTests : IDisposable
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(10);

    private readonly CgroupTree? _tree;
    private readonly ByteText _top;
    private readonly List<Process> _processes = [];

    public CgroupTreeTests()
    {
        Result<CgroupLayout> layout = CgroupLayout.Detect();
        layout.Failed.Should().BeFalse();
        if (layout.Value.Mode is not (CgroupMode.Unified or CgroupMode.Hybrid) || !layout.Value.IsWritable || LibC.geteuid() != 0) { return; }
        var tree = new CgroupTree(layout.Value);
        Result<ByteText> own = CgroupMembership.OfSelf(layout.Value);
        _top = CgroupPath.Child(own.Failed ? CgroupPath.Top : own.Value, System.Text.Encoding.ASCII.GetBytes($"sysmaster-test-{Environment.ProcessId}-{Guid.NewGuid():N}"));
        if (!tree.Create(_top).Failed) { _tree = tree; }
    }

    public void Dispose()
    {
        if (_tree is not null)
        {
            _ = _tree.SetFrozen(_top, false);
            _ = _tree.Kill(_top, 9);
            foreach (Process process in _processes)
            {
                process.WaitForExit(s_deadline);
                process.Dispose();
            }
            _ = _tree.Remove(_top);
        }
    }

    [Fact]
    public void A_group_is_made_found_and_removed_with_all_below()
    {
        if (_tree is null) { return; }
        ByteText deep = CgroupPath.Child(CgroupPath.Child(_top, "a.slice"u8), "b.service"u8);

        _tree.Create(deep).Should().Be(Errno.None);
        _tree.Create(deep).Should().Be(Errno.None);
        _tree.Exists(deep).Should().BeTrue();
        var names = new List<ByteText>();
        _tree.Children(_top, names).Should().Be(Errno.None);
        names.Select(n => n.ToString()).Should().Equal("a.slice");

        _tree.Remove(_top).Should().Be(Errno.None);
        _tree.Exists(_top).Should().BeFalse();
        _tree.Remove(_top).Should().Be(Errno.None);
    }

    [Fact]
    public void A_process_is_tracked_and_killed_wherever_it_sits()
    {
        if (_tree is null) { return; }
        ByteText group = CgroupPath.Child(_top, "x.service"u8);
        ByteText below = CgroupPath.Child(group, "sub"u8);
        _tree.Create(below).Should().Be(Errno.None);
        Process one = Start(group);
        Process two = Start(below);

        CgroupMembership.OfPid(_tree.Layout, one.Id).Value.Should().Be(group);
        var pids = new List<int>();
        _tree.Pids(group, pids).Should().Be(Errno.None);
        pids.Should().BeEquivalentTo([one.Id, two.Id]);
        _tree.IsPopulated(_top).Value.Should().BeTrue();
        _tree.Remove(group).Should().Be(Errno.EBUSY);

        var killed = new List<int>();
        _tree.Kill(group, 15, except: [two.Id], killed: killed).Should().Be(Errno.None);
        killed.Should().Equal(one.Id);
        one.WaitForExit(s_deadline).Should().BeTrue();
        two.HasExited.Should().BeFalse();

        _tree.Kill(group, 9).Should().Be(Errno.None);
        two.WaitForExit(s_deadline).Should().BeTrue();
        SpinWait.SpinUntil(() => !_tree.IsPopulated(group).Value, s_deadline).Should().BeTrue();
        _tree.Remove(group).Should().Be(Errno.None);
    }

    [Fact]
    public void A_frozen_group_says_so_and_dies_all_the_same()
    {
        if (_tree is null || !_tree.CanFreeze(_top)) { return; }
        Process process = Start(_top);

        _tree.SetFrozen(_top, true).Should().Be(Errno.None);
        SpinWait.SpinUntil(() => _tree.Events(_top).Value.Frozen, s_deadline).Should().BeTrue();
        _tree.Kill(_top, 9).Should().Be(Errno.None);

        process.WaitForExit(s_deadline).Should().BeTrue();
    }

    [Fact]
    public void Marks_stay_on_a_group()
    {
        if (_tree is null) { return; }
        var name = new ByteText("trusted.invocation_id"u8);

        _tree.GetMark(_top, name).Error.Should().Be(Errno.ENODATA);
        _tree.SetMark(_top, name, "abc"u8).Should().Be(Errno.None);

        _tree.GetMark(_top, name).Value.ToString().Should().Be("abc");
        _tree.RemoveMark(_top, name).Should().Be(Errno.None);
        _tree.RemoveMark(_top, name).Should().Be(Errno.None);
        _tree.GetMark(_top, name).Error.Should().Be(Errno.ENODATA);
    }

    [Fact]
    public void A_delegated_group_belongs_to_its_user()
    {
        if (_tree is null) { return; }

        _tree.Delegate(_top, 12345, 12346).Should().Be(Errno.None);

        Owner(_tree.PathOf(_top)).Should().Be("12345:12346");
        Owner(_tree.PathOf(_top, "cgroup.procs"u8)).Should().Be("12345:12346");
        Owner(_tree.PathOf(_top, "cgroup.subtree_control"u8)).Should().Be("12345:12346");
        Owner(_tree.PathOf(_top, "cgroup.events"u8)).Should().Be("0:0");
    }

    [Fact]
    public void What_is_gone_is_told_as_a_value()
    {
        if (_tree is null) { return; }
        ByteText none = CgroupPath.Child(_top, "none"u8);

        _tree.IsPopulated(none).Error.Should().Be(Errno.ENOENT);
        _tree.Pids(none, []).Should().Be(Errno.ENOENT);
        _tree.Attach(none, Environment.ProcessId).Should().Be(Errno.ENOENT);
        _tree.Kill(none, 15).Should().Be(Errno.ENOENT);
        CgroupMembership.OfPid(_tree.Layout, int.MaxValue).Error.Should().Be(Errno.ESRCH);
        _tree.Attach(_top, int.MaxValue).Should().Be(Errno.ESRCH);
        _tree.Remove(CgroupPath.Top).Should().Be(Errno.EBUSY);
    }

    [Fact]
    public void A_controller_that_is_not_offered_is_not_written()
    {
        if (_tree is null) { return; }
        Result<CgroupControllers> on = _tree.EnableForChildren(_top, CgroupControllers.None);

        on.Failed.Should().BeFalse();
        on.Value.Should().Be(CgroupControllers.None);
    }

    [Fact]
    public void Names_that_are_no_text_are_listed_as_they_are()
    {
        if (_tree is null) { return; }
        ByteText odd = CgroupPath.Child(_top, [0xff, (byte)'a']);

        _tree.Create(odd).Should().Be(Errno.None);
        var names = new List<ByteText>();
        _tree.Children(_top, names).Should().Be(Errno.None);

        names.Single().Span.ToArray().Should().Equal(0xff, (byte)'a');
    }

    private Process Start(ByteText group)
    {
        Process process = Process.Start(new ProcessStartInfo("/bin/sleep", ["60"]))!;
        _processes.Add(process);
        _tree!.Attach(group, process.Id).Should().Be(Errno.None);
        return process;
    }

    private static string Owner(ByteText path)
    {
        using Process process = Process.Start(new ProcessStartInfo("/usr/bin/stat", ["-c", "%u:%g", path.ToString()]) { RedirectStandardOutput = true })!;
        string text = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return text;
    }
}
