using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using SysMaster.Core;
using SysMaster.Core.Directives;
using SysMaster.Linux;
using SysMaster.UnitFiles;
using SysMaster.Units.Device;

namespace SysMaster.Units.Tests;

public sealed class DeviceTests : IDisposable
{
    private const string Vda = "/devices/pci0000:00/0000:00:07.0/virtio4/block/vda";

    private readonly string _root = System.IO.Directory.CreateTempSubdirectory("sysmaster-udev-").FullName;

    public void Dispose() => System.IO.Directory.Delete(_root, recursive: true);

    private static byte[] Data(string name)
    {
        using System.IO.Stream stream = typeof(DeviceTests).Assembly.GetManifestResourceStream(name)!;
        var copy = new System.IO.MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static byte[] Message()
    {
        var bytes = new List<byte>();
        foreach (string word in System.Text.Encoding.ASCII.GetString(Data("change-sda.hex")).Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            bytes.Add(byte.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        }
        return bytes.ToArray();
    }

    private void Write(string path, byte[] content)
    {
        string full = _root + path;
        System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllBytes(full, content);
    }

    private DeviceTable Table(TestManager test)
    {
        DeviceTable table = DeviceTable.Of(test.Manager);
        table.Use(new UdevDatabase(new ByteText(_root + "/run"), new ByteText(_root + "/sys")), checksLinks: false);
        return table;
    }

    /// <summary>The disk of the reference machine.</summary>
    private void AddVda(string more = "")
    {
        Write($"/sys{Vda}/uevent", "MAJOR=254\nMINOR=0\nDEVNAME=vda\nDEVTYPE=disk\n"u8.ToArray());
        System.IO.Directory.CreateDirectory(_root + "/sys/dev/block");
        System.IO.File.CreateSymbolicLink(_root + "/sys/dev/block/254:0", "../.." + Vda);
        Write("/run/udev/tags/systemd/b254:0", []);
        Write("/run/udev/data/b254:0", [.. Data("b254_0"), .. System.Text.Encoding.ASCII.GetBytes(more)]);
    }

    [Fact]
    public void Every_state_has_one_row_in_order()
    {
        var rows = new List<DeviceState>();
        foreach (DeviceStateRow row in DeviceStates.Rows) { rows.Add(row.State); }

        rows.Should().Equal(Enum.GetValues<DeviceState>());
    }

    [Theory]
    [InlineData(DeviceFound.None, DeviceFound.Udev, DeviceState.Plugged)]
    [InlineData(DeviceFound.None, DeviceFound.Mount, DeviceState.Tentative)]
    [InlineData(DeviceFound.Mount, DeviceFound.Mount | DeviceFound.Udev, DeviceState.Plugged)]
    [InlineData(DeviceFound.Udev | DeviceFound.Mount, DeviceFound.Mount, DeviceState.Dead)]
    [InlineData(DeviceFound.Swap, DeviceFound.None, DeviceState.Dead)]
    public void The_state_follows_from_who_sees_it(DeviceFound before, DeviceFound now, DeviceState state)
        => DeviceStates.Next(before, now).Should().Be(state);

    [Fact]
    public void Each_name_of_a_device_in_the_database_is_a_unit_that_follows_its_place_in_sys()
    {
        AddVda();
        using var test = new TestManager();
        Table(test).ReadDatabase();
        test.Settle();

        var node = (DeviceUnit)test["dev-vda.device"];
        UnitName place = UnitName.FromPath(new ByteText($"{_root}/sys{Vda}").Span, UnitKind.Device);
        node.State.Should().Be(DeviceState.Plugged);
        node.SysPath.ToString().Should().Be($"{_root}/sys{Vda}");
        node.Description.Should().Be("/dev/vda");
        test.Manager.Find(place)!.SubState.Should().Be("plugged");
        test[@"dev-disk-by\x2duuid-555ff8e1\x2d86e1\x2d4f24\x2d8037\x2de8270b350a14.device"].ActiveState.Should().Be(UnitActiveState.Active);
        test[@"dev-disk-by\x2dpath-pci\x2d0000:00:07.0.device"].ActiveState.Should().Be(UnitActiveState.Active);
    }

    [Fact]
    public void A_device_that_is_not_ready_is_not_plugged()
    {
        AddVda("E:SYSTEMD_READY=0\n");
        using var test = new TestManager();
        Table(test).ReadDatabase();

        test["dev-vda.device"].ActiveState.Should().Be(UnitActiveState.Inactive);
    }

    [Fact]
    public void What_the_device_wants_is_pulled_in_by_its_leader()
    {
        AddVda("E:SYSTEMD_WANTS=a.service b@.service\n");
        using var test = new TestManager();
        Table(test).ReadDatabase();
        Unit leader = test.Manager.Find(UnitName.FromPath(new ByteText($"{_root}/sys{Vda}").Span, UnitKind.Device))!;

        leader.HasDependency(Dep.Wants, test["a.service"]).Should().BeTrue();
        leader.Edges.Count.Should().BeGreaterThan(1);
    }

    [Fact]
    public void A_message_of_udev_plugs_the_device_and_a_removal_takes_it_away()
    {
        using var test = new TestManager();
        DeviceTable table = Table(test);
        UdevDevice device = UdevMessage.Parse(Message(), "/sys"u8)!;
        device.Node.ToString().Should().Be("/dev/sda");
        device.Number.Should().Be(8UL << 32);
        device.IsReady.Should().BeTrue();
        test["dev-sda.device"].HoldCount++;
        table.OnEvent(device);
        test.Settle();
        var unit = (DeviceUnit)test["dev-sda.device"];
        unit.State.Should().Be(DeviceState.Plugged);
        unit.Following!.Id.Text.Should().StartWith("sys-devices-pci0000:00");
        unit.Description.Should().Contain("QEMU");

        UdevDevice gone = UdevMessage.Parse(Message(), "/sys"u8)!;
        gone.Set("ACTION=remove"u8);
        table.OnEvent(gone);
        test.Settle();
        unit.State.Should().Be(DeviceState.Dead);
        unit.SysPath.IsEmpty.Should().BeTrue();
    }

    [Fact]
    public void A_start_of_a_device_waits_until_it_is_there()
    {
        using var test = new TestManager();
        DeviceTable table = Table(test);
        test.Start("dev-sda.device").Should().BeNull();
        Unit unit = test["dev-sda.device"];
        unit.Job!.State.Should().Be(JobState.Running);
        unit.Job.Timeout!.IsArmed.Should().BeTrue();
        table.OnEvent(UdevMessage.Parse(Message(), "/sys"u8)!);
        test.Settle();

        unit.Job.Should().BeNull();
        unit.ActiveState.Should().Be(UnitActiveState.Active);
    }

    [Fact]
    public void No_datagram_breaks_the_reader()
    {
        byte[] message = Message();
        Prop.ForAll(ArbMap.Default.ArbFor<(ushort At, byte Value, ushort Length)>(), change =>
        {
            byte[] damaged = message[..(change.Length % (message.Length + 1))];
            if (damaged.Length > 0) { damaged[change.At % damaged.Length] = change.Value; }
            _ = UdevMessage.Parse(damaged, "/sys"u8);
            return true;
        }).Holds();
    }

    [Fact]
    public void A_message_with_another_magic_is_refused()
    {
        byte[] message = Message();
        message[9] ^= 1;

        UdevMessage.Parse(message, "/sys"u8).Should().BeNull();
    }

    [Fact]
    public void Aliases_are_words_with_quotes()
    {
        var words = new List<string>();
        foreach (ByteText word in DeviceWants.Words((ByteText)" a 'b c'  \"d\"e ")) { words.Add(word.ToString()); }

        words.Should().Equal("a", "b c", "de");
    }
}
