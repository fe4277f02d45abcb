using System.Diagnostics;
using System.Globalization;

namespace SysMaster.Linux.Tests;

public sealed class StatTests
{
    [Fact]
    public void What_we_declare_is_what_the_C_compiler_has()
    {
        using var folder = new Folder();
        string[] facts =
        [
            "sizeof(struct statx)", "offsetof(struct statx, stx_mask)", "offsetof(struct statx, stx_mode)", "offsetof(struct statx, stx_ino)",
            "offsetof(struct statx, stx_size)", "offsetof(struct statx, stx_mtime)", "offsetof(struct statx, stx_rdev_major)",
            "offsetof(struct statx, stx_dev_minor)", "offsetof(struct statx, stx_dev_minor) + 4", "STATX_BASIC_STATS", "AT_NO_AUTOMOUNT", "AT_EACCESS",
            "S_IFLNK", "S_IFCHR", "sizeof(struct open_how)", "RESOLVE_IN_ROOT", "RESOLVE_BENEATH", "SYS_openat2",
        ];
        string source = "#define _GNU_SOURCE\n#include <stdio.h>\n#include <stddef.h>\n#include <fcntl.h>\n#include <sys/stat.h>\n#include <sys/syscall.h>\n"
            + "#include <linux/openat2.h>\nint main(void){" + string.Concat(facts.Select(f => $"printf(\"%llu\\n\", (unsigned long long)({f}));")) + "return 0;}";
        File.WriteAllText(folder.At("a.c"), source);
        Run("gcc", "-o", folder.At("a"), folder.At("a.c"));

        ulong[] theirs = [.. Run(folder.At("a")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => ulong.Parse(l, CultureInfo.InvariantCulture))];

        theirs.Should().Equal(Ours());
    }

    [Fact]
    public void A_files_facts_are_those_that_stat_prints()
    {
        using var folder = new Folder();
        File.WriteAllText(folder.At("f"), "12345");

        FileStat stat = Sys.Stat(new ByteText(folder.At("f"))).Value;

        string[] printed = Run("stat", "-c", "%s %i %Y %u %f", folder.At("f")).Trim().Split(' ');
        new[] { stat.Size.ToString(CultureInfo.InvariantCulture), stat.Inode.ToString(CultureInfo.InvariantCulture),
            (stat.MtimeUsec / 1_000_000).ToString(CultureInfo.InvariantCulture), stat.Uid.ToString(CultureInfo.InvariantCulture),
            stat.Mode.ToString("x", CultureInfo.InvariantCulture) }.Should().Equal(printed);
        stat.IsRegular.Should().BeTrue();
        stat.IsNullOrEmpty.Should().BeFalse();
        Sys.Stat(new ByteText("/dev/null")).Value.IsNullOrEmpty.Should().BeTrue();
        Sys.Stat(new ByteText(folder.At("none"))).Error.Should().Be(Errno.ENOENT);
    }

    [Fact]
    public void A_link_is_told_from_what_it_leads_to()
    {
        using var folder = new Folder();
        File.CreateSymbolicLink(folder.At("l"), "/dev/null");

        Sys.Stat(new ByteText(folder.At("l")), followLinks: false).Value.IsLink.Should().BeTrue();
        Sys.Stat(new ByteText(folder.At("l"))).Value.IsCharDevice.Should().BeTrue();
    }

    [Fact]
    public void Inside_a_root_no_link_leads_out()
    {
        using var folder = new Folder();
        File.CreateSymbolicLink(folder.At("up"), "../../../../../etc/hostname");
        File.CreateSymbolicLink(folder.At("abs"), "/inner");
        File.WriteAllText(folder.At("inner"), "inside");
        using OwnedFd root = Sys.Open(new ByteText(folder.Path), LibC.O_PATH | LibC.O_DIRECTORY).Value;

        Sys.OpenAt2(root.Fd, new ByteText("/up"), LibC.O_RDONLY, LibC.RESOLVE_IN_ROOT).Error.Should().Be(Errno.ENOENT);
        using OwnedFd inner = Sys.OpenAt2(root.Fd, new ByteText("/abs"), LibC.O_RDONLY, LibC.RESOLVE_IN_ROOT).Value;
        Sys.ReadToEnd(inner.Fd).Value.Should().Equal("inside"u8.ToArray());
    }

    private static unsafe ulong[] Ours()
    {
        LibC.statx_buf b = default;
        byte* at = (byte*)&b;
        return
        [
            (ulong)sizeof(LibC.statx_buf), (ulong)((byte*)&b.stx_mask - at), (ulong)((byte*)&b.stx_mode - at), (ulong)((byte*)&b.stx_ino - at),
            (ulong)((byte*)&b.stx_size - at), (ulong)((byte*)&b.stx_mtime - at), (ulong)((byte*)&b.stx_rdev_major - at),
            (ulong)((byte*)&b.stx_dev_minor - at), (ulong)((byte*)&b.stx_mnt_id - at), LibC.STATX_BASIC_STATS, LibC.AT_NO_AUTOMOUNT, LibC.AT_EACCESS,
            LibC.S_IFLNK, LibC.S_IFCHR, (ulong)sizeof(LibC.open_how), LibC.RESOLVE_IN_ROOT, LibC.RESOLVE_BENEATH, LibC.SYS_openat2,
        ];
    }

    private static string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
        return output;
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("sm-stat-").FullName;

        public string At(string name) => System.IO.Path.Combine(Path, name);

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
