using System.Text;
using FluentAssertions;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace SysMaster.DBus.Wire.Tests;

public sealed class MarshallingTests
{
    /// <summary>Signature, value as printed, little-endian bytes, big-endian bytes.</summary>
    public static TheoryData<string, string, string, string> Values => new()
    {
        { "y", "255", "FF", "FF" },
        { "b", "True", "01000000", "00000001" },
        { "n", "-2", "FEFF", "FFFE" },
        { "q", "258", "0201", "0102" },
        { "i", "-2", "FEFFFFFF", "FFFFFFFE" },
        { "u", "16909060", "04030201", "01020304" },
        { "x", "-2", "FEFFFFFFFFFFFFFF", "FFFFFFFFFFFFFFFE" },
        { "t", "72623859790382856", "0807060504030201", "0102030405060708" },
        { "d", "4607182418800017408", "000000000000F03F", "3FF0000000000000" },
        { "s", "'ä'", "02000000C3A400", "00000002C3A400" },
        { "s", "''", "0000000000", "0000000000" },
        { "o", "'/'", "010000002F00", "000000012F00" },
        { "g", "'au'", "02617500", "02617500" },
        { "v", "<u 1>", "0175000001000000", "0175000000000001" },
        { "yu", "1 2", "0100000002000000", "0100000000000002" },
        { "ay", "[1 2]", "020000000102", "000000020102" },
        { "at", "[]", "0000000000000000", "0000000000000000" },
        { "at", "[1]", "08000000000000000100000000000000", "00000008000000000000000000000001" },
        { "y(yt)", "7 (1 2)", "070000000000000001000000000000000200000000000000", "070000000000000001000000000000000000000000000002" },
        { "a{sv}", "[('a' <s 'b'>)]", "120000000000000001000000610001730000000001000000" + "6200", "00000012000000000000000161000173000000000000000" + "16200" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void Reads_what_the_specification_says(string signature, string printed, string little, string big)
    {
        Read(signature, Convert.FromHexString(little), false).Should().Be(printed);
        Read(signature, Convert.FromHexString(big), true).Should().Be(printed);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Writes_what_the_specification_says(string signature, string printed, string little, string big)
    {
        _ = (printed, big);
        var reader = new MessageReader(Convert.FromHexString(little));
        WireValue[] values = WireValue.ReadAll(ref reader, signature);
        var writer = new MessageWriter();

        foreach (WireValue value in values) { value.Write(writer); }

        Convert.ToHexString(writer.Body).Should().Be(little);
    }

    [Fact]
    public void What_is_written_is_read_back_in_both_byte_orders()
        => Prop.ForAll(ArbMap.Default.ArbFor<int>(), static seed =>
        {
            WireValue value = WireValue.Random(new Random(seed), 4);
            var writer = new MessageWriter();
            var big = new List<byte>();

            value.Write(writer);
            value.WriteBigEndian(big);

            return Read(value.Type, writer.Body, false) == value.ToString() && Read(value.Type, big.ToArray(), true) == value.ToString();
        }).Holds();

    [Fact]
    public void Every_cut_of_a_body_is_refused()
    {
        var random = new Random(7);
        for (int i = 0; i < 200; i++)
        {
            WireValue value = WireValue.Random(random, 3);
            var writer = new MessageWriter();
            value.Write(writer);
            byte[] body = writer.Body.ToArray();
            for (int cut = 0; cut < body.Length; cut++)
            {
                FluentActions.Invoking(() => Skip(value.Type, body.AsSpan(0, cut))).Should().Throw<ProtocolException>();
            }
            Skip(value.Type, body).Should().Be(body.Length);
        }
    }

    [Theory]
    [InlineData("b", "02000000", "a boolean of 2")]
    [InlineData("yu", "0100010002000000", "padding that is not zero")]
    [InlineData("s", "01000000FF00", "a byte that is no UTF-8")]
    [InlineData("s", "03000000EDA08000", "a surrogate")]
    [InlineData("s", "02000000C08000", "an overlong form")]
    [InlineData("s", "03000000610062" + "00", "a NUL within")]
    [InlineData("s", "010000006161", "no NUL at the end")]
    [InlineData("s", "FFFFFFFF6100", "a length beyond the body")]
    [InlineData("s", "FFFFFF7F6100", "a large length")]
    [InlineData("o", "010000006100", "no slash")]
    [InlineData("o", "030000002F612F00", "a slash at the end")]
    [InlineData("o", "030000002F2F6100", "an empty element")]
    [InlineData("o", "030000002F612D00", "a dash in a path")]
    [InlineData("o", "0000000000", "an empty path")]
    [InlineData("g", "016100", "an array of nothing")]
    [InlineData("g", "02282900", "an empty struct")]
    [InlineData("g", "017A00", "a type that does not exist")]
    [InlineData("g", "0461" + "7B7676" + "00", "a dict keyed by variants")]
    [InlineData("v", "00000000", "a variant of nothing")]
    [InlineData("v", "02757500" + "0000000000000000", "a variant of two")]
    [InlineData("v", "017500", "a variant without its value")]
    [InlineData("ay", "0500000001", "an array longer than the body")]
    [InlineData("ay", "01000004" + "00", "an array larger than 64 MiB")]
    [InlineData("au", "0300000001000000", "an array that ends within an element")]
    [InlineData("as", "0500000001000000610000", "an array that ends within a string")]
    [InlineData("h", "00000000", "a descriptor that was not sent")]
    public void Malformed_values_are_refused(string signature, string hex, string what)
        => FluentActions.Invoking(() => Skip(signature, Convert.FromHexString(hex))).Should().Throw<ProtocolException>(what);

    [Fact]
    public void Variants_nest_64_deep_and_not_deeper()
    {
        static byte[] Nested(int depth) => [.. Enumerable.Repeat("017600", depth - 1).SelectMany(Convert.FromHexString), .. Convert.FromHexString("01790007")];

        Skip("v", Nested(64)).Should().Be(64 * 3 + 1);
        FluentActions.Invoking(() => Skip("v", Nested(65))).Should().Throw<ProtocolException>();
        FluentActions.Invoking(() => Skip("v", Nested(100_000))).Should().Throw<ProtocolException>();
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("a{s(iai)}(vv)", true)]
    [InlineData("a", false)]
    [InlineData("{sv}", false)]
    [InlineData("a{sv", false)]
    [InlineData("a{s}", false)]
    [InlineData("a{svv}", false)]
    [InlineData("(", false)]
    [InlineData("(i", false)]
    [InlineData("i)", false)]
    [InlineData("r", false)]
    public void Signatures_follow_the_grammar(string signature, bool valid) => Signature.IsValid(Encoding.ASCII.GetBytes(signature)).Should().Be(valid);

    [Theory]
    [InlineData('a', 'y', 32, true)]
    [InlineData('a', 'y', 33, false)]
    [InlineData('(', ')', 32, true)]
    [InlineData('(', ')', 33, false)]
    public void Signatures_nest_32_deep(char open, char close, int depth, bool valid)
    {
        string signature = new string(open, depth) + "y" + (close == ')' ? new string(')', depth) : "");
        Signature.IsValid(Encoding.ASCII.GetBytes(signature)).Should().Be(valid);
    }

    [Theory]
    [InlineData("a.b", true, true)]
    [InlineData("a._b1", true, true)]
    [InlineData("a-b.c", false, true)]
    [InlineData(":1.42", false, true)]
    [InlineData("a", false, false)]
    [InlineData("a..b", false, false)]
    [InlineData(".a.b", false, false)]
    [InlineData("a.b.", false, false)]
    [InlineData("a.1b", false, false)]
    [InlineData("a.b/c", false, false)]
    [InlineData("", false, false)]
    public void Names_follow_the_grammar(string name, bool isInterface, bool isBusName)
    {
        NameGrammar.IsInterface(Encoding.UTF8.GetBytes(name)).Should().Be(isInterface);
        NameGrammar.IsBusName(Encoding.UTF8.GetBytes(name)).Should().Be(isBusName);
    }

    [Fact]
    public void Text_that_is_no_UTF8_is_mended_rather_than_sent()
    {
        var writer = new MessageWriter();

        writer.WriteString([(byte)'a', 0xFF, (byte)'b']);
        writer.WriteString("x\0y");
        writer.WriteString("\ud800");

        Read("sss", writer.Body, false).Should().Be("'a\ufffdb' 'x' '\ufffd'");
    }

    /// <summary>ASCII goes another way than the rest, eight characters at a time: no length and no place of a stranger makes a difference.</summary>
    [Theory]
    [InlineData('\u007f')]
    [InlineData('\u0080')]
    [InlineData('\u0141')]
    [InlineData('\uffff')]
    public void Text_is_the_same_bytes_wherever_its_first_unusual_character_stands(char unusual)
    {
        var writer = new MessageWriter();
        for (int length = 0; length < 40; length++)
        {
            string plain = new('k', length);
            for (int at = -1; at < length; at++)
            {
                string text = at < 0 ? plain : string.Concat(plain.AsSpan(0, at), [unusual], plain.AsSpan(at + 1));
                writer.Reset();

                writer.WriteString(text);

                writer.Body[4..].ToArray().Should().Equal([.. Encoding.UTF8.GetBytes(text), 0], "{0} characters, the {1}. one unusual", length, at);
                writer.Reset();
                writer.WriteString(at < 0 ? plain : string.Concat(plain.AsSpan(0, at), "\0", plain.AsSpan(at + 1)));
                writer.BodyLength.Should().Be(5 + (at < 0 ? length : at), "text ends at a NUL");
            }
        }
    }

    [Fact]
    public void Leaving_an_array_early_goes_to_its_end()
    {
        var writer = new MessageWriter();
        writer.WriteStrings(["a", "b", "c"]);
        writer.WriteUInt32(9);
        var reader = new MessageReader(writer.Body);

        ArrayToken array = reader.BeginArray(4);
        reader.ReadText();
        reader.EndArray(array);

        reader.ReadUInt32().Should().Be(9);
        reader.AtEnd.Should().BeTrue();
    }

    [Fact]
    public void A_reused_writer_allocates_nothing()
    {
        var writer = new MessageWriter();
        void One()
        {
            writer.BeginSignal("/a", "b.c", "D", "sua{sv}");
            writer.WriteString("text"u8);
            writer.WriteUInt32(1);
            ArrayMark array = writer.BeginArray(8);
            writer.BeginStruct();
            writer.WriteString("key"u8);
            writer.BeginVariant("t"u8);
            writer.WriteUInt64(7);
            writer.EndArray(array);
        }
        One();
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++) { One(); }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    private static string Read(string signature, ReadOnlySpan<byte> body, bool big)
    {
        var reader = new MessageReader(body, big);
        string printed = WireValue.Print(WireValue.ReadAll(ref reader, signature));
        reader.AtEnd.Should().BeTrue();
        return printed;
    }

    private static int Skip(string signature, ReadOnlySpan<byte> body)
    {
        var reader = new MessageReader(body);
        reader.SkipValue(Encoding.ASCII.GetBytes(signature));
        return reader.Consumed;
    }
}
