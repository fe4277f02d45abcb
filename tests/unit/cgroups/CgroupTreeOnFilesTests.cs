using System.Text;
using SysMaster.Linux;

namespace SysMaster.Cgroups.Tests;

/// <summary>Which files are written, seen on plain directories: a tree that the kernel does not stand behind keeps what it is given.</summary>
public sealed class CgroupTreeOnFilesTests : IDisposable
{
    private readonly string _directory = System.IO.Directory.CreateTempSubdirectory("sysmaster-cgroups").FullName;

    public void Dispose() => System.IO.Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Only_controllers_that_are_offered_and_not_on_yet_are_switched_on()
    {
        CgroupTree tree = Unified();
        Group("", "cpu io memory pids", "memory");
        Group("/a.slice", "cpu memory", "");
        Group("/a.slice/b.service", "memory", "untouched");

        Result<CgroupControllers> on = tree.EnableForChildren((ByteText)"/a.slice", CgroupControllers.Cpu | CgroupControllers.Memory | CgroupControllers.Pids);

        on.Value.Should().Be(CgroupControllers.Cpu | CgroupControllers.Memory);
        Content("/cgroup.subtree_control").Should().Be("+cpu +pids");
        Content("/a.slice/cgroup.subtree_control").Should().Be("+cpu +memory");
        Content("/a.slice/b.service/cgroup.subtree_control").Should().Be("untouched");
    }

    [Fact]
    public void What_is_on_already_is_not_written_again()
    {
        CgroupTree tree = Unified();
        Group("", "cpu memory", "cpu memory");

        tree.EnableForChildren(CgroupPath.Top, CgroupControllers.Cpu).Value.Should().Be(CgroupControllers.Cpu | CgroupControllers.Memory);

        Content("/cgroup.subtree_control").Should().Be("cpu memory");
    }

    [Fact]
    public void In_v1_a_process_goes_to_the_nearest_group_that_is_there()
    {
        CgroupTree tree = Hybrid();
        foreach (string file in new[] { "/unified/a.slice/x.service/cgroup.procs", "/systemd/a.slice/x.service/cgroup.procs", "/memory/a.slice/cgroup.procs", "/memory/cgroup.procs", "/cpu/cgroup.procs" })
        {
            Write(file, "");
        }

        tree.Attach((ByteText)"/a.slice/x.service", 4711, CgroupControllers.Memory).Should().Be(Errno.None);

        Content("/unified/a.slice/x.service/cgroup.procs").Should().Be("4711");
        Content("/systemd/a.slice/x.service/cgroup.procs").Should().Be("4711");
        Content("/memory/a.slice/cgroup.procs").Should().Be("4711");
        Content("/memory/cgroup.procs").Should().BeEmpty();
        Content("/cpu/cgroup.procs").Should().BeEmpty();
    }

    [Fact]
    public void In_v1_an_attribute_lies_in_its_controllers_tree()
    {
        CgroupTree tree = Hybrid();
        var group = (ByteText)"/a.slice";
        Write("/memory/a.slice/memory.limit_in_bytes", "");

        tree.Write(group, "memory.limit_in_bytes"u8, "1024"u8).Should().Be(Errno.None);

        Content("/memory/a.slice/memory.limit_in_bytes").Should().Be("1024");
        tree.Write(group, "pids.max"u8, "5"u8).Should().Be(Errno.ENOENT);
        tree.AttributePath(group, "cgroup.events"u8).ToString().Should().Be(_directory + "/unified/a.slice/cgroup.events");
    }

    [Fact]
    public void A_new_v1_cpuset_gets_what_its_parent_has()
    {
        CgroupTree tree = Parse($"1 1 0:1 / {_directory}/unified rw - cgroup2 cgroup2 rw\n2 1 0:2 / {_directory}/cpuset rw - cgroup cgroup rw,cpuset\n");
        Write("/cpuset/cpuset.cpus", "0-1\n");
        Write("/cpuset/cpuset.mems", "0\n");
        Write("/cpuset/a.slice/cpuset.cpus", "\n");
        Write("/cpuset/a.slice/cpuset.mems", "0\n");
        System.IO.Directory.CreateDirectory(_directory + "/unified");

        tree.Create((ByteText)"/a.slice", CgroupControllers.Cpuset).Should().Be(Errno.None);

        Content("/cpuset/a.slice/cpuset.cpus").Should().Be("0-1\n");
    }

    [Fact]
    public void Readings_are_taken_from_either_version()
    {
        CgroupTree unified = Unified();
        Write("/g/memory.current", "4096\n");
        Write("/g/cpu.stat", "usage_usec 7\nuser_usec 5\n");
        Write("/g/pids.current", "3\n");
        Write("/g/memory.events", "low 0\noom 1\noom_kill 2\n");
        var group = (ByteText)"/g";

        CgroupStats.Memory(unified, group).Value.Should().Be(4096);
        CgroupStats.CpuNsec(unified, group).Value.Should().Be(7000);
        CgroupStats.Tasks(unified, group).Value.Should().Be(3);
        CgroupStats.OomKills(unified, group).Value.Should().Be(2);
        CgroupStats.MemoryPeak(unified, group).Error.Should().Be(Errno.ENOENT);
    }

    private CgroupTree Unified() => Parse($"1 1 0:1 / {_directory} rw - cgroup2 cgroup2 rw\n");

    private CgroupTree Hybrid()
    {
        var text = new StringBuilder($"1 1 0:1 / {_directory}/unified rw - cgroup2 cgroup2 rw\n2 1 0:2 / {_directory}/systemd rw - cgroup cgroup rw,name=systemd\n");
        foreach (string controller in new[] { "memory", "cpu" }) { text.Append(null, $"3 1 0:3 / {_directory}/{controller} rw - cgroup cgroup rw,{controller}\n"); }
        return Parse(text.ToString());
    }

    private static CgroupTree Parse(string mountinfo) => new(CgroupLayout.Parse(Encoding.UTF8.GetBytes(mountinfo)));

    private void Group(string path, string controllers, string on)
    {
        Write(path + "/cgroup.controllers", controllers);
        Write(path + "/cgroup.subtree_control", on);
    }

    private void Write(string file, string text)
    {
        System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_directory + file)!);
        System.IO.File.WriteAllText(_directory + file, text);
    }

    private string Content(string file) => System.IO.File.ReadAllText(_directory + file);
}
