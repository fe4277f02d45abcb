using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace SysMaster.UnitFiles.Tests;

public sealed class ValueTests
{
    [Theory]
    [InlineData("1", true, true)]
    [InlineData("YES", true, true)]
    [InlineData("off", true, false)]
    [InlineData("F", true, false)]
    [InlineData("maybe", false, false)]
    [InlineData("", false, false)]
    public void Booleans(string text, bool parses, bool value)
    {
        BooleanText.TryParse(Vectors.Utf8(text), out bool got).Should().Be(parses);
        got.Should().Be(value);
    }

    [Theory]
    [InlineData("512M", 512UL << 20)]
    [InlineData("1.5G", 3UL << 29)]
    [InlineData("2G 300M", (2UL << 30) + (300UL << 20))]
    [InlineData("100", 100)]
    [InlineData("100B", 100)]
    [InlineData(" 7 K", 7168)]
    [InlineData("5E", 5UL << 60)]
    public void Sizes(string text, ulong value)
    {
        SizeText.TryParse(Vectors.Utf8(text), out ulong got).Should().BeTrue();
        got.Should().Be(value);
    }

    [Theory]
    [InlineData("300M 2G")]
    [InlineData("5x")]
    [InlineData("-5")]
    [InlineData("")]
    [InlineData("16E")]
    [InlineData("5 5 5")]
    public void No_sizes(string text) => SizeText.TryParse(Vectors.Utf8(text), out _).Should().BeFalse();

    [Theory]
    [InlineData("50%", 5000)]
    [InlineData("12.34%", 1234)]
    [InlineData("12.5%", 1250)]
    [InlineData("125‰", 1250)]
    [InlineData("1250‱", 1250)]
    [InlineData("100%", 10000)]
    [InlineData("101%", -1)]
    [InlineData("12.345%", -1)]
    [InlineData("50", -1)]
    public void Parts_of_a_whole(string text, int expected)
    {
        bool parsed = PercentText.TryParseBoundedPermyriad(Vectors.Utf8(text), out int got);
        (parsed ? got : -1).Should().Be(expected);
    }

    [Fact]
    public void A_relative_size_is_a_part_of_what_there_is()
    {
        RelativeSize.TryParse("20%"u8, out RelativeSize size).Should().BeTrue();
        size.Resolve(1000).Should().Be(200);
        RelativeSize.TryParse("infinity"u8, out size).Should().BeTrue();
        size.IsInfinity.Should().BeTrue();
    }

    [Theory]
    [InlineData("SIGTERM", 15)]
    [InlineData("TERM", 15)]
    [InlineData("15", 15)]
    [InlineData("RTMIN+3", 37)]
    [InlineData("SIGRTMIN+3", 37)]
    [InlineData("RTMAX-1", 63)]
    [InlineData("RTMAX", 64)]
    [InlineData("term", 0)]
    [InlineData("65", 0)]
    [InlineData("RTMIN+31", 0)]
    [InlineData("RTMIN-1", 0)]
    public void Signals(string text, int expected)
    {
        bool parsed = SignalText.TryParse(Vectors.Utf8(text), out int got);
        (parsed ? got : 0).Should().Be(expected);
        if (parsed) { SignalText.TryParse(Vectors.Utf8(SignalText.FullName(got)), out int back).Should().BeTrue(); back.Should().Be(got); }
    }

    [Theory]
    [InlineData(ResourceLimit.Nofile, "1024:524288", 1024UL, 524288UL)]
    [InlineData(ResourceLimit.Nofile, "infinity", ulong.MaxValue, ulong.MaxValue)]
    [InlineData(ResourceLimit.Core, "1G", 1UL << 30, 1UL << 30)]
    [InlineData(ResourceLimit.Cpu, "1500ms", 2UL, 2UL)]
    [InlineData(ResourceLimit.Rttime, "5", 5UL, 5UL)]
    [InlineData(ResourceLimit.Nice, "-5", 25UL, 25UL)]
    [InlineData(ResourceLimit.Nice, "+5", 15UL, 15UL)]
    [InlineData(ResourceLimit.Nice, "7", 7UL, 7UL)]
    public void Limits(ResourceLimit which, string text, ulong soft, ulong hard)
    {
        ResourceLimitText.TryParse(Vectors.Utf8(text), which, out ResourceLimitText got).Should().BeTrue();
        got.Should().Be(new ResourceLimitText(soft, hard));
    }

    [Fact]
    public void A_soft_limit_above_the_hard_one_is_refused()
        => ResourceLimitText.TryParse("2:1"u8, ResourceLimit.Nofile, out _).Should().BeFalse();

    [Theory]
    [InlineData("0-3 8", "0-3 8")]
    [InlineData("1,3,2", "1-3")]
    [InlineData("5-2", "")]
    [InlineData("", "")]
    [InlineData("8192", null)]
    [InlineData("x", null)]
    public void Cpu_sets(string text, string? expected)
    {
        bool parsed = CpuSet.TryParse(Vectors.Utf8(text), out CpuSet set);
        (parsed ? set.ToString() : null).Should().Be(expected);
        if (parsed) { CpuSet.FromBytes(set.ToBytes()).Should().Be(set); }
    }

    [Fact]
    public void Cpu_sets_are_read_back_as_printed()
        => Prop.ForAll(Gen.ListOf(Gen.Choose(0, 200)).ToArbitrary(), cpus =>
        {
            CpuSet.TryParse(Vectors.Utf8(string.Join(' ', cpus)), out CpuSet set);
            return CpuSet.TryParse(Vectors.Utf8(set.ToString()), out CpuSet back) && back.Equals(set) && cpus.All(set.Contains);
        }).Holds();

    [Fact]
    public void Capabilities_have_names_and_numbers()
    {
        CapabilityText.TryParseSet("CAP_CHOWN cap_sys_admin 40 cap_nothing"u8, out ulong set, out int unknown).Should().BeTrue();
        set.Should().Be(1UL | (1UL << 21) | (1UL << 40));
        unknown.Should().Be(1);
        var output = new ByteBuilder(stackalloc byte[64]);
        CapabilityText.AppendSet(set, ref output);
        output.ToString().Should().Be("cap_chown cap_sys_admin cap_checkpoint_restore");
        CapabilityText.NamedCount.Should().Be(41);
    }

    [Fact]
    public void Exit_statuses_and_signals_share_a_list()
    {
        var set = new ExitStatusSet();
        foreach (string word in new[] { "TEMPFAIL", "250", "SIGKILL", "1" }) { set.TryAdd(Vectors.Utf8(word)).Should().BeTrue(); }
        set.TryAdd("NOSUCH"u8).Should().BeFalse();
        var output = new ByteBuilder(stackalloc byte[64]);
        set.AppendTo(ref output);
        output.ToString().Should().Be("1 75 250 SIGKILL");
        set.HasSignal(9).Should().BeTrue();
    }

    [Theory]
    [InlineData("/run/x.sock", "/run/x.sock")]
    [InlineData("@abc", "@abc")]
    [InlineData("80", "[::]:80")]
    [InlineData("127.0.0.1:80", "127.0.0.1:80")]
    [InlineData("[::1]:80", "[::1]:80")]
    [InlineData("[fe80::1%eth0]:80", "[fe80::1]:80%eth0")]
    [InlineData("vsock:2:1234", "vsock:2:1234")]
    [InlineData("vsock::1234", "vsock::1234")]
    [InlineData("::1:80", null)]
    [InlineData("0", null)]
    [InlineData("65536", null)]
    [InlineData("relative", null)]
    [InlineData("1.2.3.4", null)]
    [InlineData("@", null)]
    public void Socket_addresses(string text, string? expected)
    {
        bool parsed = SocketAddressText.TryParse(Vectors.Utf8(text), out SocketAddressText? address);
        (parsed ? address!.ToString() : null).Should().Be(expected);
        if (parsed) { address!.CopyTo(new byte[128], ipv6: true).Should().BePositive(); }
    }

    [Fact]
    public void Netlink_addresses_have_family_and_group()
    {
        SocketAddressText.TryParseNetlink("kobject-uevent 1"u8, out SocketAddressText? address).Should().BeTrue();
        address!.ToString().Should().Be("kobject-uevent 1");
        SocketAddressText.TryParseNetlink("nothing 1"u8, out _).Should().BeFalse();
    }

    [Fact]
    public void A_socket_address_becomes_what_the_kernel_reads()
    {
        SocketAddressText.TryParse("127.0.0.1:80"u8, out SocketAddressText? address).Should().BeTrue();
        byte[] buffer = new byte[128];
        address!.CopyTo(buffer, ipv6: true).Should().Be(16);
        buffer[..8].Should().Equal(2, 0, 0, 80, 127, 0, 0, 1);
    }

    [Theory]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("::1", "::1/128")]
    [InlineData("fe80::1/64", "fe80::/64")]
    [InlineData("1.2.3.4", "1.2.3.4/32")]
    [InlineData("1.2.3.4/33", null)]
    [InlineData("1.2.3", null)]
    [InlineData("::/0", "::/0")]
    public void Prefixes(string text, string? expected)
    {
        bool parsed = IpPrefix.TryParse(Vectors.Utf8(text), out IpPrefix prefix);
        var output = new ByteBuilder(stackalloc byte[64]);
        if (parsed) { prefix.AppendTo(ref output); }
        (parsed ? output.ToString() : null).Should().Be(expected);
    }

    [Theory]
    [InlineData("/dev/null rw", "/dev/null rw")]
    [InlineData("/dev/null", "/dev/null rwm")]
    [InlineData("char-pts wr", "char-pts rw")]
    [InlineData("/etc/x r", null)]
    [InlineData("/dev/null rx", null)]
    [InlineData("/dev/../etc r", null)]
    public void Devices(string text, string? expected)
    {
        bool parsed = DeviceAccess.TryParse(Vectors.Utf8(text), out DeviceAccess access);
        var output = new ByteBuilder(stackalloc byte[64]);
        if (parsed) { access.AppendTo(ref output); }
        (parsed ? output.ToString() : null).Should().Be(expected);
    }

    [Theory]
    [InlineData("www-data", true, true)]
    [InlineData("_apt", true, true)]
    [InlineData("0root", false, true)]
    [InlineData("first.last", false, true)]
    [InlineData("DOM\\user", false, true)]
    [InlineData("123", false, false)]
    [InlineData("-x", false, false)]
    [InlineData("a:b", false, false)]
    [InlineData("..", false, false)]
    [InlineData("", false, false)]
    public void User_names(string name, bool strict, bool relaxed)
    {
        UserNameText.IsStrict(Vectors.Utf8(name)).Should().Be(strict);
        UserNameText.IsRelaxed(Vectors.Utf8(name)).Should().Be(relaxed);
    }

    [Theory]
    [InlineData("0755", 0x1EDu, "0755")]
    [InlineData("7777", 0xFFFu, "7777")]
    [InlineData("644", 0x1A4u, "0644")]
    public void Modes(string text, uint mode, string printed)
    {
        FileModeText.TryParse(Vectors.Utf8(text), out uint got).Should().BeTrue();
        got.Should().Be(mode);
        var output = new ByteBuilder(stackalloc byte[8]);
        FileModeText.Append(mode, ref output);
        output.ToString().Should().Be(printed);
        FileModeText.TryParse("10000"u8, out _).Should().BeFalse();
        FileModeText.TryParse("+7"u8, out _).Should().BeFalse();
        FileModeText.TryParse("8"u8, out _).Should().BeFalse();
    }

    [Fact]
    public void No_value_throws()
        => Prop.ForAll(Noise.Bytes("0123456789.%:-/[]@ +,KMGxRTINSIGinfinity").ToArbitrary(), bytes =>
        {
            _ = BooleanText.TryParse(bytes, out _);
            _ = SizeText.TryParse(bytes, out _);
            _ = RelativeSize.TryParse(bytes, out _);
            _ = PercentText.TryParsePercent(bytes, out _);
            _ = PercentText.TryParsePermille(bytes, out _);
            _ = FileModeText.TryParse(bytes, out _);
            _ = SignalText.TryParse(bytes, out _);
            foreach (ResourceLimit which in Enum.GetValues<ResourceLimit>()) { _ = ResourceLimitText.TryParse(bytes, which, out _); }
            _ = BoundedNumber.TryParseNice(bytes, out _);
            _ = BoundedNumber.TryParsePort(bytes, out _);
            _ = CpuSet.TryParse(bytes, out _);
            _ = CapabilityText.TryParseSet(bytes, out _, out _);
            _ = new ExitStatusSet().TryAdd(bytes);
            _ = SocketAddressText.TryParse(bytes, out _);
            _ = SocketAddressText.TryParseNetlink(bytes, out _);
            _ = IpPrefix.TryParse(bytes, out _);
            _ = DeviceAccess.TryParse(bytes, out _);
            _ = NumberRange.TryParseIds(bytes, out _);
            _ = UserNameText.IsNameOrId(bytes);
            _ = KernelWords.TryParseFlags(KernelWords.Namespaces, bytes, out _);
            _ = ErrnoNames.TryParse(bytes, out _);
            _ = KernelWords.SyslogLevel.TryParseOrNumber(bytes, 7, out _);
        }).Holds();
}
