using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SysMaster.Core.Directives;
using SysMaster.DBus.Wire;
using SysMaster.UnitFiles;

namespace SysMaster.Units.Tests.Directives;

public sealed class RoundTripTests
{
    /// <summary>Values that real units write, per directive; each must survive printing and the bus.</summary>
    public static readonly (string Section, string Line)[] Lines =
    [
        ("Unit", "Description=A \"quoted\" 100%% name"), ("Unit", "Documentation=man:sshd(8) https://example.org/a%%20b"), ("Unit", "After=a.service b@%p.service"),
        ("Unit", "RequiresMountsFor=/var /tmp/with\\x20blank"), ("Unit", "OnFailureJobMode=replace-irreversibly"), ("Unit", "JobTimeoutSec=1min 30s"),
        ("Unit", "StartLimitAction=reboot-force"), ("Unit", "ConditionPathExists=|!/etc/%%x"), ("Unit", "AssertKernelCommandLine=!quiet"), ("Unit", "SuccessActionExitStatus=7"),
        ("Service", "Type=notify-reload"), ("Service", "ExecStart=-/bin/sh -c 'echo \"$A\" %% ; true' arg \\; x ; @/bin/x y z"), ("Service", "ExecStartPre=!!/bin/a"),
        ("Service", "ExecStartPre=-:!/bin/a \"b c\""), ("Service", "SuccessExitStatus=SIGKILL 7 TEMPFAIL"), ("Service", "WatchdogSec=30"), ("Service", "PIDFile=/run//x/./y.pid"),
        ("Service", "WorkingDirectory=-~"), ("Service", "WorkingDirectory=-/srv/a b"), ("Service", "User=www-data"), ("Service", "SupplementaryGroups=adm 44"),
        ("Service", "Environment=A=1 \"B=two words\" C=%%d 'D=\\ttab'"), ("Service", "EnvironmentFile=-/etc/default/%p"), ("Service", "UnsetEnvironment=A B=1"),
        ("Service", "StandardInput=fd:in"), ("Service", "StandardInput=file:/dev/zero"), ("Service", "StandardOutput=append:/var/log/%p.log"), ("Service", "StandardError=journal+console"),
        ("Service", "StandardInputText=a\\tb"), ("Service", "StandardInputData=AAECAw=="), ("Service", "SyslogFacility=local3"), ("Service", "SyslogLevel=debug"),
        ("Service", "LogExtraFields=A=1 \"B=x y\""), ("Service", "CapabilityBoundingSet=CAP_NET_RAW CAP_SYS_ADMIN"), ("Service", "CapabilityBoundingSet=~CAP_NET_RAW"),
        ("Service", "AmbientCapabilities=CAP_NET_BIND_SERVICE"), ("Service", "SecureBits=noroot keep-caps"), ("Service", "RestrictNamespaces=~user net"), ("Service", "RestrictNamespaces=yes"),
        ("Service", "SystemCallFilter=@system-service read"), ("Service", "SystemCallFilter=~@clock:EPERM reboot:kill"), ("Service", "SystemCallErrorNumber=EPERM"),
        ("Service", "RestrictAddressFamilies=AF_INET6 AF_UNIX"), ("Service", "RestrictAddressFamilies=none"), ("Service", "SystemCallArchitectures=native x86-64"),
        ("Service", "LimitNOFILE=1024:524288"), ("Service", "LimitCORE=infinity"), ("Service", "LimitMEMLOCK=64M"), ("Service", "LimitCPU=1min:2min"), ("Service", "LimitRTTIME=500ms"), ("Service", "LimitNICE=+5"),
        ("Service", "ReadWritePaths=-/var/lib/x +/y"), ("Service", "ExecSearchPath=/a:/b"), ("Service", "BindPaths=-/a:/b:norbind /c"), ("Service", "BindReadOnlyPaths=/a\\x20b:/c"),
        ("Service", "TemporaryFileSystem=/var:ro,size=1M /x"), ("Service", "ProtectSystem=strict"), ("Service", "ProtectHome=yes"), ("Service", "MountFlags=slave"),
        ("Service", "RuntimeDirectory=a b/c:link"), ("Service", "RuntimeDirectoryMode=2750"), ("Service", "ConfigurationDirectory=x"), ("Service", "SetCredential=id:a\\nb%%"), ("Service", "LoadCredential=id:/etc/x"),
        ("Service", "LoadCredential=id"), ("Service", "SELinuxContext=-system_u:object_r:x_t:s0"), ("Service", "RootImageOptions=root:ro usr:rw"), ("Service", "MountImages=-/a.raw:/b:root:ro:usr:rw"),
        ("Service", "ExtensionImages=/e.raw:usr:ro"), ("Service", "RootHash=00112233445566778899aabbccddeeff"), ("Service", "RootHashSignature=base64:AAECAw=="),
        ("Service", "CPUAffinity=0-3 5,7"), ("Service", "CPUAffinity=numa"), ("Service", "NUMAMask=all"), ("Service", "NUMAPolicy=bind"), ("Service", "CoredumpFilter=elf-headers 0x3"),
        ("Service", "CPUWeight=idle"), ("Service", "CPUQuota=12.5%"), ("Service", "CPUQuota=250%"), ("Service", "MemoryMax=20%"), ("Service", "MemoryHigh=1.5G"), ("Service", "MemorySwapMax=infinity"), ("Service", "TasksMax=33%"),
        ("Service", "DeviceAllow=/dev/null rw"), ("Service", "DeviceAllow=char-pts r"), ("Service", "IODeviceWeight=/dev/sda 500"), ("Service", "IOReadBandwidthMax=/dev/sda 5M"), ("Service", "IODeviceLatencyTargetSec=/dev/sda 25ms"),
        ("Service", "Delegate=cpu memory"), ("Service", "Delegate=yes"), ("Service", "DisableControllers=io"), ("Service", "IPAddressAllow=10.1.2.3/8 ::1 localhost"), ("Service", "BPFProgram=egress:/sys/fs/bpf/x"),
        ("Service", "SocketBindAllow=ipv4:tcp:80-90"), ("Service", "SocketBindDeny=any"), ("Service", "RestrictNetworkInterfaces=~eth0 wlan0"), ("Service", "OpenFile=/etc/x:name:read-only,graceful"), ("Service", "OpenFile=/run/x"), ("Service", "ManagedOOMMemoryPressureLimit=60.5%"), ("Service", "Slice=a-b.slice"),
        ("Service", "KillSignal=SIGRTMIN+3"), ("Service", "KillMode=mixed"), ("Service", "TTYRows=25"), ("Service", "UMask=0027"), ("Service", "Nice=-5"), ("Service", "IOSchedulingClass=idle"), ("Service", "LogLevelMax=warning"),
        ("Socket", "ListenStream=/run/x"), ("Socket", "ListenDatagram=[::1]:53"), ("Socket", "ListenNetlink=route 17"), ("Socket", "BindIPv6Only=both"), ("Socket", "IPTOS=low-delay"),
        ("Socket", "SocketProtocol=sctp"), ("Socket", "Timestamping=us"), ("Socket", "ReceiveBuffer=8M"), ("Socket", "MessageQueueMaxMessages=-1"), ("Socket", "Symlinks=/a /b"), ("Socket", "FileDescriptorName=x"),
        ("Timer", "OnCalendar=Mon..Fri *-*-* 03:00:00"), ("Timer", "OnBootSec=5min"), ("Timer", "Unit=x.target"), ("Path", "PathChanged=/a/%p"), ("Path", "DirectoryNotEmpty=/b"),
        ("Mount", "Options=size=1M,x=%%y"), ("Swap", "Priority=5"), ("Automount", "TimeoutIdleSec=60"), ("Manager", "RebootWatchdogSec=off"), ("Manager", "DefaultTasksMax=15%"),
    ];

    public static TheoryData<string, string> LineData()
    {
        var data = new TheoryData<string, string>();
        foreach ((string section, string line) in Lines)
            data.Add(section, line);
        return data;
    }

    [Theory]
    [MemberData(nameof(LineData))]
    public void What_is_printed_parses_to_the_same_value(string section, string line)
    {
        var fixture = new Fixture();
        SettingsBag bag = fixture.Parse(Fixture.Section(section), line);

        string printed = Fixture.Text(bag);
        SettingsBag again = fixture.Parse(Fixture.Section(section), printed.TrimEnd('\n').Split('\n'));

        fixture.Complaints.Should().BeEmpty();
        bag.Count.Should().BeGreaterThan(0);
        Different(bag, again).Should().BeEmpty(printed);
    }

    [Theory]
    [MemberData(nameof(LineData))]
    public void What_is_written_to_the_bus_reads_back_the_same(string section, string line)
    {
        SettingsBag bag = new Fixture().Parse(Fixture.Section(section), line);
        foreach (Setting item in bag.Items.ToArray())
        {
            Directive row = item.Row;
            if (row.Bus is null || row.TransientSignature != row.BusSignature || Loses(line))
                continue;
            var writer = new MessageWriter();
            row.WriteBus(bag, writer);
            byte[] body = writer.Body.ToArray();
            var reader = new MessageReader(body);
            reader.SkipValue(Encoding.ASCII.GetBytes(row.BusSignature));
            reader.AtEnd.Should().BeTrue("{0} writes what its signature says", row.Bus);

            var fixture = new Fixture();
            var read = new SettingsBag();
            ParseContext ctx = fixture.Context(line: 0);
            ctx.Name = row.Bus;
            var from = new MessageReader(body);
            bool taken = row.ReadBus(read, ref from, ctx);

            taken.Should().BeTrue(ctx.Refusal);
            read.Items.Length.Should().Be(1);
            read.Items[0].SameValue(item).Should().BeTrue(Fixture.Text(read));
        }
    }

    /// <summary>The file of a transient unit is all that a later manager knows of it.</summary>
    [Theory]
    [MemberData(nameof(LineData))]
    public void What_a_client_sets_is_written_so_that_it_parses_to_the_same_value(string section, string line)
    {
        SettingsBag bag = new Fixture().Parse(Fixture.Section(section), line);
        foreach (Setting item in bag.Items.ToArray())
        {
            Directive row = item.Row;
            if (row.Bus is null || row.TransientSignature != row.BusSignature || Loses(line))
                continue;
            var writer = new MessageWriter();
            row.WriteBus(bag, writer);
            var fixture = new Fixture();
            var set = new SettingsBag();
            var from = new MessageReader(writer.Body);
            var lines = new ByteBuilder(new byte[256]);

            row.Set(set, ref from, fixture.Context(line: 0), whole: false, ref lines).Should().BeTrue();
            string written = Encoding.UTF8.GetString(lines.Written);
            SettingsBag again = fixture.Parse(Fixture.Section(section), written.TrimEnd('\n').Split('\n'));

            Different(set, again).Should().BeEmpty(written);
        }
    }

    [Fact]
    public void Every_property_of_an_empty_unit_is_what_its_signature_says()
    {
        var bag = new SettingsBag();
        foreach (DirectiveSection section in AllDirectives.Sections())
        {
            foreach (DirectiveTable table in section.Tables)
            {
                foreach (Directive row in table.Rows)
                {
                    if ((row.Use & (BusUse.Shown | BusUse.Hidden)) == 0)
                        continue;
                    var writer = new MessageWriter();
                    row.WriteBus(bag, writer);
                    var reader = new MessageReader(writer.Body);
                    reader.SkipValue(Encoding.ASCII.GetBytes(row.BusSignature));
                    reader.AtEnd.Should().BeTrue(row.Bus);
                }
            }
        }
    }

    [Fact]
    public void No_text_makes_a_parser_throw_and_what_it_takes_it_prints()
    {
        Directive[] rows = [.. AllDirectives.Sections().SelectMany(s => s.Tables.ToArray()).Distinct().SelectMany(t => t.Rows.ToArray()).Where(r => r.Name is not null)];
        Gen<string> text = Gen.OneOf(
            ArbMap.Default.GeneratorFor<string>().Where(s => s is not null),
            Gen.Elements("~", ":", "-", "%", "\"", "a:", "/", "-/", "|!", "'a", "\\", "1:2:3", "/a:/b:", "~@a:b", "0-", "-5", "+", "infinity", "%%", "@", "[::", "a=", "=", ";", "; ;", "/x\\", "ipv4:", "tcp:0"));
        Gen<(int, string)> cases = from at in Gen.Choose(0, rows.Length - 1) from t in text select (at, t.Replace("\n", " ", StringComparison.Ordinal).Replace("\r", " ", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal));

        Prop.ForAll(Arb.From(cases), c =>
        {
            var bag = new SettingsBag();
            ParseContext ctx = new Fixture().Context();
            ctx.Name = rows[c.Item1].Name!;
            rows[c.Item1].Parse(bag, Encoding.UTF8.GetBytes(c.Item2.Trim(' ', '\t')), ctx);
            return Fixture.Text(bag).Length > 0 || bag.Count == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));
    }

    [Fact]
    public void An_empty_list_from_a_client_prints_as_a_reset()
    {
        var writer = new MessageWriter();
        writer.EndArray(writer.BeginArray(4));
        var bag = new SettingsBag();
        var from = new MessageReader(writer.Body);

        ExecDirectives.Environment.ReadBus(bag, ref from, new Fixture().Context());

        Fixture.Text(bag).Should().Be("Environment=\n");
    }

    [Fact]
    public void A_transient_unit_is_stored_by_section()
    {
        var fixture = new Fixture();
        SettingsBag bag = fixture.Parse(Fixture.Section("Service"), "Type=oneshot", "Nice=3", "ExecStart=/bin/true");
        bag.Overlay(fixture.Parse(Fixture.Section("Unit"), "Description=x"));
        var to = new ByteBuilder(new byte[256]);

        Service.ServiceDirectives.Set.WriteText(bag, ref to);

        to.ToString().Should().Be("[Unit]\nDescription=x\n[Service]\nNice=3\nType=oneshot\nExecStart=\nExecStart=\"/bin/true\"\n");
    }

    // The property has less than the setting: an output's path, a limit's soft half, prefixes of labels go in properties of their own.
    private static bool Loses(string line)
        => line.StartsWith("Standard", StringComparison.Ordinal) && line.Contains(':', StringComparison.Ordinal) || line.StartsWith("Limit", StringComparison.Ordinal)
            || line.Contains('%', StringComparison.Ordinal) && (line.StartsWith("Memory", StringComparison.Ordinal) || line.StartsWith("Tasks", StringComparison.Ordinal))
            || line.StartsWith("RuntimeDirectory=", StringComparison.Ordinal) || line.StartsWith("Delegate=cpu", StringComparison.Ordinal) || line.StartsWith("SyslogF", StringComparison.Ordinal)
            || line is "CPUAffinity=numa" || line.StartsWith("SystemCallFilter", StringComparison.Ordinal) || line.StartsWith("DefaultTasksMax", StringComparison.Ordinal)
            || line.StartsWith("OnCal", StringComparison.Ordinal) || line.StartsWith("SyslogL", StringComparison.Ordinal);

    private static List<string> Different(SettingsBag a, SettingsBag b)
    {
        var rows = new List<Directive>();
        a.Differences(b, rows);
        return [.. rows.Select(r => r.Name ?? r.Bus!)];
    }
}
