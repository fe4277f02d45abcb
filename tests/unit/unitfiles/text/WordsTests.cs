using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace SysMaster.UnitFiles.Tests;

public sealed class WordsTests
{
    [Theory]
    [InlineData("a b  c", WordFlags.None, "", "a|b|c")]
    [InlineData("  a\tb ", WordFlags.None, "", "a|b")]
    [InlineData("\"a b\" c", WordFlags.Unquote, "", "a b|c")]
    [InlineData("\"a b\" c", WordFlags.None, "", "\"a|b\"|c")]
    [InlineData("\"a b\" c", WordFlags.KeepQuote, "", "\"a b\"|c")]
    [InlineData("a\\ b", WordFlags.None, "", "a b")]
    [InlineData("a\\ b", WordFlags.RetainEscape, "", "a\\|b")]
    [InlineData("a\\nb", WordFlags.CUnescape, "", "a\nb")]
    [InlineData("a\\qb", WordFlags.CUnescape, "", "!")]
    [InlineData("a\\qb c", WordFlags.CUnescape | WordFlags.UnescapeRelax, "", "a\\qb|c")]
    [InlineData("a\\qb c", WordFlags.CUnescape | WordFlags.Warn, "", "a\\qb|c")]
    [InlineData("a b\\", WordFlags.Relax, "", "a|b")]
    [InlineData("a b\\", WordFlags.UnescapeRelax, "", "a|b\\")]
    [InlineData("a b\\", WordFlags.None, "", "a|!")]
    [InlineData("'a b", WordFlags.Unquote, "", "!")]
    [InlineData("'a b", WordFlags.Unquote | WordFlags.Relax, "", "a b")]
    [InlineData("a::b:", WordFlags.DontCoalesceSeparators, ":", "a||b|")]
    [InlineData("a::b:", WordFlags.None, ":", "a|b")]
    [InlineData(":", WordFlags.DontCoalesceSeparators, ":", "|")]
    [InlineData("", WordFlags.DontCoalesceSeparators, ":", "")]
    [InlineData("a\\:b:c", WordFlags.UnescapeSeparators, ":", "a:b|c")]
    [InlineData("a,b c", WordFlags.None, ", ", "a|b|c")]
    [InlineData("\"\" ''", WordFlags.Unquote, "", "|")]
    [InlineData("   ", WordFlags.None, "", "-")]
    public void Takes_words_as_systemd_does(string text, WordFlags flags, string separators, string expected)
    {
        var told = new List<string>();
        using (var words = new Words(Encoding.UTF8.GetBytes(text), flags, Encoding.UTF8.GetBytes(separators)))
        {
            while (words.Next(out ReadOnlySpan<byte> word)) { told.Add(Encoding.UTF8.GetString(word)); }
            if (words.Failed) { told.Add("!"); }
        }

        (told.Count == 0 ? "-" : string.Join('|', told)).Should().Be(expected);
    }

    [Fact]
    public void What_is_quoted_is_read_back()
        => Prop.ForAll(Gen.ListOf(Noise.Bytes("ab \"'\\$`\n\t;").Where(b => System.Text.Unicode.Utf8.IsValid(b) && !b.Contains((byte)0))).ToArbitrary(), list =>
        {
            byte[][] items = list.Where(b => b.Length > 0).ToArray();
            var text = new ByteBuilder(stackalloc byte[64]);
            foreach (byte[] item in items)
            {
                text.Append((byte)'"');
                CEscape.Escape(item, ref text);
                text.Append("\" "u8);
            }
            var back = new List<byte[]>();
            using (var words = new Words(text.Written, WordFlags.Unquote | WordFlags.CUnescape))
            {
                while (words.Next(out ReadOnlySpan<byte> word)) { back.Add(word.ToArray()); }
                if (words.Failed) { return false; }
            }
            text.Dispose();
            return back.Count == items.Length && back.Zip(items).All(p => p.First.AsSpan().SequenceEqual(p.Second));
        }).Holds();

    [Fact]
    public void No_input_throws_whatever_the_flags()
        => Prop.ForAll(Noise.Bytes("ab \"'\\$xn017uU:,").Zip(Gen.Choose(0, 1023)).ToArbitrary(), pair =>
        {
            using var words = new Words(pair.Item1, (WordFlags)pair.Item2, ": "u8);
            int n = 0;
            while (words.Next(out _)) { n++; n.Should().BeLessThanOrEqualTo((2 * pair.Item1.Length) + 2); if (((WordFlags)pair.Item2 & WordFlags.RetainSeparators) != 0 && n > pair.Item1.Length) { break; } }
        }).Holds();

    [Theory]
    [InlineData("a", "a")]
    [InlineData("B=two words", "\"B=two words\"")]
    [InlineData("F=escA\n", "\"F=escA\\n\"")]
    [InlineData("H=$A", "\"H=\\$A\"")]
    [InlineData("I=50%", "I=50%")]
    public void Lists_are_shown_as_systemctl_shows_them(string word, string expected)
    {
        var output = new ByteBuilder(stackalloc byte[64]);

        ShellQuote.Append(Encoding.UTF8.GetBytes(word), ref output);

        output.ToString().Should().Be(expected);
    }
}
