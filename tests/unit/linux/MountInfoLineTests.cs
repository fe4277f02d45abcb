using System.Text;
using SysMaster.Linux;

namespace SysMaster.Linux.Tests;

public sealed class MountInfoLineTests
{
    private static string Show(string text)
    {
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(text);
        var shown = new StringBuilder();
        while (MountInfoLine.Next(ref rest, out MountInfoLine line))
        {
            shown.Append($"{line.Id} {line.Parent} {line.Major}:{line.Minor} {Encoding.UTF8.GetString(line.Root)} ");
            shown.Append($"{MountInfoLine.Unescape(line.MountPoint)} {Encoding.UTF8.GetString(line.Options)} ");
            shown.Append($"{Encoding.UTF8.GetString(line.Type)} {MountInfoLine.Unescape(line.Source)} {Encoding.UTF8.GetString(line.SuperOptions)}\n");
        }
        return shown.ToString();
    }

    [Theory]
    [InlineData("36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue", "36 35 98:0 /mnt1 /mnt2 rw,noatime ext3 /dev/root rw,errors=continue\n")]
    [InlineData("1 0 0:1 / / rw shared:1 master:2 propagate_from:3 - tmpfs tmpfs rw\n", "1 0 0:1 / / rw tmpfs tmpfs rw\n")]
    [InlineData("1 0 0:1 / /a\\040b\\134 rw - fuse.x a\\011b rw", "1 0 0:1 / /a b\\ rw fuse.x a\tb rw\n")]
    [InlineData("1 0 0:1 / /x rw - tmpfs  rw", "1 0 0:1 / /x rw tmpfs  rw\n")]
    public void A_line_is_read_as_proc_5_has_it(string text, string expected) => Show(text).Should().Be(expected);

    [Theory]
    [InlineData("")]
    [InlineData("36 35 98:0 /mnt1 /mnt2 rw,noatime master:1")]
    [InlineData("x 35 98:0 / / rw - t s rw")]
    [InlineData("36 35 98 / / rw - t s rw")]
    [InlineData("99999999999 35 98:0 / / rw - t s rw")]
    [InlineData("36 35 98:0 / ")]
    public void A_line_that_is_none_is_skipped(string text) => Show(text + "\n1 0 0:1 / / rw - tmpfs tmpfs rw").Should().StartWith("1 0 0:1");

    [Fact]
    public void This_machines_own_table_is_read_whole()
    {
        byte[] table = Sys.ReadFile((ByteText)"/proc/self/mountinfo").Value;

        Show(Encoding.UTF8.GetString(table)).Split('\n').Should().HaveSameCount(Encoding.UTF8.GetString(table).Split('\n'));
    }

    [Theory]
    [InlineData(@"\04", @"\04")]
    [InlineData(@"\999", @"\999")]
    [InlineData(@"\040\040", "  ")]
    [InlineData(@"a\", @"a\")]
    public void Only_three_octal_digits_are_an_escape(string escaped, string expected) =>
        MountInfoLine.Unescape(Encoding.UTF8.GetBytes(escaped)).ToString().Should().Be(expected);

    [Fact]
    public void Proc_is_a_mount_point_and_a_file_in_it_is_none()
    {
        Sys.IsMountPoint("/proc\0"u8).Should().BeTrue();
        Sys.IsMountPoint("/proc/self/status\0"u8).Should().BeFalse();
        Sys.IsMountPoint("/not/there\0"u8).Should().BeFalse();
    }
}
