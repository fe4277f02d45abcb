using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SysMaster.Linux;

namespace SysMaster.UnitFiles.Tests;

public sealed class UnitNameTests
{
    public static TheoryData<string, string, int, string> Rows()
    {
        var data = new TheoryData<string, string, int, string>();
        foreach (string[] row in Vectors.Rows("escape.tsv")) { data.Add(row[0], row[1], int.Parse(row[2]), row[3]); }
        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Escapes_as_systemd_escape_does(string options, string input, int rc, string expected)
    {
        string? got = Escape(options.Split(' ', StringSplitOptions.RemoveEmptyEntries), Vectors.Utf8(input));

        (got is null).Should().Be(rc != 0);
        if (rc == 0) { got.Should().Be(expected); }
    }

    [Theory]
    [InlineData("foo.service", UnitNameForm.Plain, UnitKind.Service, "foo", "")]
    [InlineData("foo@.service", UnitNameForm.Template, UnitKind.Service, "foo", "")]
    [InlineData("foo@bar.baz.timer", UnitNameForm.Instance, UnitKind.Timer, "foo", "bar.baz")]
    [InlineData("foo@a@b.socket", UnitNameForm.Instance, UnitKind.Socket, "foo", "a@b")]
    [InlineData("-.slice", UnitNameForm.Plain, UnitKind.Slice, "-", "")]
    [InlineData("dev-sda1.device", UnitNameForm.Plain, UnitKind.Device, "dev-sda1", "")]
    [InlineData("run-x\\x2dy.mount", UnitNameForm.Plain, UnitKind.Mount, "run-x\\x2dy", "")]
    public void Tells_the_parts_of_a_name(string text, UnitNameForm form, UnitKind kind, string prefix, string instance)
    {
        UnitName.TryParse(text, out UnitName name).Should().BeTrue();

        name.Form.Should().Be(form);
        name.Kind.Should().Be(kind);
        name.Prefix.ToString().Should().Be(prefix);
        name.Instance.ToString().Should().Be(instance);
        name.Text.Should().Be(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("foo")]
    [InlineData(".service")]
    [InlineData("@.service")]
    [InlineData("@a.service")]
    [InlineData("foo.nothing")]
    [InlineData("foo.service.")]
    [InlineData("foo bar.service")]
    [InlineData("foo/bar.service")]
    [InlineData("föö.service")]
    [InlineData("foo.services")]
    public void Refuses_what_is_no_name(string text) => UnitName.TryParse(text, out _).Should().BeFalse();

    [Fact]
    public void A_name_has_255_characters_at_most()
    {
        UnitName.TryParse(new string('a', 247) + ".service", out _).Should().BeTrue();
        UnitName.TryParse(new string('a', 248) + ".service", out _).Should().BeFalse();
    }

    [Fact]
    public void Every_kind_is_known_by_its_suffix()
    {
        foreach (UnitKind kind in Enum.GetValues<UnitKind>().Where(k => k != UnitKind.None))
        {
            UnitName.Parse("a" + kind.Suffix()).Kind.Should().Be(kind);
        }
    }

    [Theory]
    [InlineData("a-b-c.slice", "a-b.slice")]
    [InlineData("a.slice", "-.slice")]
    [InlineData("-.slice", "")]
    [InlineData("a--b.slice", "")]
    [InlineData("-a.slice", "")]
    [InlineData("a-.slice", "")]
    public void A_slice_lies_in_its_parent(string name, string parent) => UnitName.Parse(name).SliceParent.Text.Should().Be(parent);

    [Fact]
    public void Templates_and_instances_lead_to_each_other()
    {
        UnitName instance = UnitName.Parse("getty@tty1.service");

        instance.Template.Text.Should().Be("getty@.service");
        instance.Template.WithInstance("tty2").Text.Should().Be("getty@tty2.service");
        UnitName.Parse("a.service").WithInstance("x").IsValid.Should().BeFalse();
        instance.Template.WithInstance("a/b").IsValid.Should().BeFalse();
    }

    [Fact]
    public void The_same_name_is_equal_whatever_string_it_came_from()
    {
        UnitName a = UnitName.Parse("same.service"u8);
        UnitName b = UnitName.Parse(string.Concat("same", ".service"));

        (a == b).Should().BeTrue();
        a.GetHashCode().Should().Be(b.GetHashCode());
        (a == UnitName.Parse("sama.service")).Should().BeFalse();
    }

    [Theory]
    [InlineData("foo.service", "/org/freedesktop/systemd1/unit/foo_2eservice")]
    [InlineData("1a@b.mount", "/org/freedesktop/systemd1/unit/_31a_40b_2emount")]
    public void Object_paths_lead_both_ways(string name, string path)
    {
        BusPath.OfUnit(UnitName.Parse(name)).Should().Be(path);

        BusPath.TryToUnit(Vectors.Utf8(path), out UnitName back).Should().BeTrue();
        back.Text.Should().Be(name);
    }

    [Fact]
    public void Escaping_leads_back()
        => Prop.ForAll(Noise.Bytes("/-\\.@abx").Where(b => !b.Contains((byte)0)).ToArbitrary(), bytes =>
        {
            var escaped = new ByteBuilder(stackalloc byte[64]);
            var back = new ByteBuilder(stackalloc byte[64]);
            UnitNameEscape.Escape(bytes, ref escaped);
            bool done = UnitNameEscape.TryUnescape(escaped.Written, ref back) && back.Written.SequenceEqual(bytes);
            escaped.Dispose();
            back.Dispose();
            return done;
        }).Holds();

    [Fact]
    public void No_input_throws()
        => Prop.ForAll(Noise.Bytes("/-\\.@abx2service*").ToArbitrary(), bytes =>
        {
            _ = UnitName.TryParse(bytes, out _);
            UnitName mangled = UnitName.Mangle(bytes);
            if (mangled.IsValid) { _ = mangled.TryToPath(out _); _ = mangled.Template; _ = mangled.SliceParent; }
            _ = UnitName.FromPath(bytes, UnitKind.Mount);
        }).Holds();

    private static string? Escape(string[] options, byte[] input)
    {
        var output = new ByteBuilder(stackalloc byte[64]);
        bool path = options.Contains("--path");
        string? suffix = options.FirstOrDefault(o => o.StartsWith("--suffix="))?[9..];
        string? template = options.FirstOrDefault(o => o.StartsWith("--template="))?[11..];
        bool done;
        if (options.Contains("--mangle"))
        {
            UnitName name = UnitName.Mangle(input);
            return name.IsValid ? name.Text : null;
        }
        if (options.Contains("--instance"))
        {
            if (!options.Contains("--unescape") || !UnitName.Parse(input).IsInstance) { return null; }
            input = Vectors.Utf8(UnitName.Parse(input).Instance.ToString());
        }
        if (options.Contains("--unescape")) { done = path ? UnitNameEscape.TryUnescapePath(input, ref output) : UnitNameEscape.TryUnescape(input, ref output); }
        else if (path) { done = UnitNameEscape.TryEscapePath(input, ref output); }
        else
        {
            UnitNameEscape.Escape(input, ref output);
            done = true;
        }
        string text = output.ToString();
        if (path && !options.Contains("--unescape") && input.AsSpan().SequenceEqual(".."u8)) { return null; }
        if (!done) { return null; }
        if (suffix is not null) { text += "." + suffix; }
        if (template is not null)
        {
            UnitName name = UnitName.Parse(template);
            return name.IsTemplate && name.WithInstance(text) is { IsValid: true } made ? made.Text : null;
        }
        return text;
    }
}
