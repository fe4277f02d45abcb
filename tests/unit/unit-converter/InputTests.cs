using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SysMaster.UnitConverter.Formats;
using SysMaster.UnitConverter.Input;
using SysMaster.UnitConverter.Output;
using SysMaster.UnitFiles;

namespace SysMaster.UnitConverter.Tests;

/// <summary>Whatever comes in: no throw, and what is written is a unit file in which nothing but the meant lines stands.</summary>
public sealed class InputTests
{
    private static readonly string[] s_pieces =
    [
        "\n", " ", "\t", "#", "=", "[", "]", "{", "}", "(", ")", "%", "$", "\\", "\"", "'", "`", ";", "&", "|", ">", "<<E", "$(rm -rf /)", "${X:-y}", "é", "\ue000", "\0", "\r",
        "#!/bin/sh\n", "### BEGIN INIT INFO\n", "### END INIT INFO\n", "# Provides: a\n", "# Required-Start: $all\n", "case \"$1\" in\n", "start)\n", ";;\nesac\n", "start-stop-daemon --start --exec /bin/x -- ",
        "if ", "then ", "fi\n", "* * * * * root ", "@daily ", "service x\n{\n", "server = /bin/x\n", "}\n", "ftp stream tcp nowait root /bin/x x\n", "/dev/sda1 /mnt ext4 defaults 0 2\n", "UUID=x",
        "[program:x]\n", "command=/bin/x ", "[Unit]\n", "Description=", "[Service]\n", "ExecStart=\"/bin/x\"\n", "services:\n", "  web:\n", "    image: x\n", "    command: ", "exec /bin/x ", "start on runlevel [2345]\n",
        "respawn\n", "script\n", "end script\n", "#!/sbin/openrc-run\n", "command=\"/bin/x\"\n", "depend() {\n", "need net\n", "FOO=\"a b\"\n", "VAR=$(cat)\n", ". /etc/default/x\n",
    ];

    [Fact]
    public void No_input_throws_and_all_output_parses_back()
    {
        Gen<string> texts = Gen.Elements(s_pieces).ListOf().Select(string.Concat);
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            foreach (string format in AllFormats.Names) { Check(Source.Convert("/etc/init.d/x%y z", text, format)); }
            Check(Source.Convert("/etc/cron.daily/job", text));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    /// <summary>A flow collection in a plain scalar that goes on: the library's scanner gives up in its own way.</summary>
    [Fact]
    public void What_the_yaml_library_gives_up_on_is_no_yaml()
    {
        const string text = "é|    command: \\exec /bin/x &. /etc/default/x\n[#!/sbin/openrc-run\nserver = /bin/x\n};then start-stop-daemon --start --exec /bin/x -- ExecStart=\"/bin/x\"\n"
            + "%    image: x\nend script\n]#!/bin/sh\nftp stream tcp nowait root /bin/x x\n### END INIT INFO\n;;\nesac\n}& $(rm -rf /)services:\nservice x\n{\n$# Required-Start: $all\n### BEGIN INIT INFO\n"
            + "éthen . /etc/default/x\néUUID=xstart-stop-daemon --start --exec /bin/x -- if ${X:-y}if {# Required-Start: $all\n#!/sbin/openrc-run\n}]]  web:\n  web:\nserver = /bin/x\n$#!/bin/sh\n"
            + "### END INIT INFO\n>end script\nthen ;}FOO=\"a b\"\n#;;\nesac\n";
        foreach (string format in AllFormats.Names) { Check(Source.Convert("/etc/init.d/x%y z", text, format)); }
    }

    [Fact]
    public void No_bytes_throw()
    {
        Prop.ForAll<byte[]>(bytes =>
        {
            foreach (string format in AllFormats.Names) { Check(Source.Convert("/x", bytes, format)); }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe, (byte)'a', 0 }, 1, "UTF-16")]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0, 1 }, 2, "NUL")]
    public void What_is_no_text_says_where(byte[] bytes, int line, string why)
    {
        Conversion c = Source.Convert("/etc/init.d/x", bytes);

        Note note = c.Notes.Should().ContainSingle().Subject;
        note.Kind.Should().Be(NoteKind.Error);
        note.Line.Should().Be(line);
        note.Why.Should().Contain(why);
    }

    [Fact]
    public void Latin_1_is_carried_as_bytes()
    {
        byte[] text = Encoding.Latin1.GetBytes("5 4 * * * root /bin/echo caf\u00e9\n");

        Conversion c = Source.Convert("/etc/cron.d/x", text);

        c.Lines("cron-x-echo.service", "ExecStart").Should().Equal("/bin/sh -c \"/bin/echo caf\\xe9\"");
        c.Notes.Should().Contain(n => n.Kind == NoteKind.Advice && n.Line == 1);
    }

    private static void Check(Conversion conversion)
    {
        foreach (ConvertedUnit unit in conversion.Units)
        {
            string name = unit.Name.Contains(".d/", StringComparison.Ordinal) ? unit.Name[..unit.Name.IndexOf(".d/", StringComparison.Ordinal)] : unit.Name;
            UnitName.TryParse(name, out _).Should().BeTrue($"{unit.Name} is a unit name");
            var read = new List<(string, string, string)>();
            var reader = new UnitFileReader(Encoding.UTF8.GetBytes(UnitText.Of(unit, conversion)));
            while (reader.MoveNext())
            {
                reader.Item.Should().NotBe(UnitFileItem.BadLine);
                if (reader.Item == UnitFileItem.Assignment) { read.Add((Text(reader.Section), Text(reader.Key), Text(reader.Value))); }
            }
            reader.Dispose();
            read.Should().BeEquivalentTo(unit.Assignments.Select(a => (a.Section, a.Key, a.Value)), "what is read back is what was meant");
        }
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
