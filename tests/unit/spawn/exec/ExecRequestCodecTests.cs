using FsCheck;
using FsCheck.Fluent;
using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Spawn.Tests.Exec;

public sealed class ExecRequestCodecTests
{
    private static ByteText B(string s) => (ByteText)s;

    private static byte[] Encode(ExecRequest request)
    {
        byte[] buffer = [];
        int length = request.Encode(ref buffer);
        return buffer.AsSpan(0, length).ToArray();
    }

    [Fact]
    public void The_version_belongs_to_this_list_of_fields()
    {
        // A field was added or moved? Raise ExecProtocol.Version and pin both here.
        ExecRequest.FieldCount.Should().Be(135);
        ExecProtocol.Version.Should().Be(0x534D5805);
    }

    [Fact]
    public void A_request_of_defaults_carries_its_path_only()
    {
        byte[] bytes = Encode(new ExecRequest { Path = B("/bin/true") });

        bytes.Length.Should().Be(1 + 4 + 9 + 1);
    }

    [Fact]
    public void Every_field_comes_back()
    {
        ExecRequest before = ExecRequestSamples.Everything();

        ExecRequest? after = ExecRequest.DecodeOrNull(Encode(before));

        after.Should().NotBeNull();
        after.Should().BeEquivalentTo(before, o => o.IncludingFields().ComparingByValue<ByteText>().ComparingByMembers<ExecRequest>());
        Encode(after!).Should().Equal(Encode(before));
    }

    [Fact]
    public void The_sample_leaves_no_field_at_its_default()
    {
        byte[] bytes = Encode(ExecRequestSamples.Everything());
        byte[] plain = Encode(new ExecRequest { Path = B("/bin/true") });

        ExecRequestSamples.CountFields(bytes).Should().Be(ExecRequest.FieldCount);
        ExecRequestSamples.CountFields(plain).Should().Be(1);
    }

    [Fact]
    public void Input_cut_short_anywhere_is_refused()
    {
        byte[] bytes = Encode(ExecRequestSamples.Everything());

        for (int length = 0; length < bytes.Length; length++)
        {
            ExecRequest? request = ExecRequest.DecodeOrNull(bytes.AsSpan(0, length));
            // A cut between two fields is a whole, shorter request; anywhere else it is none.
            if (request is not null) { Encode(request).Should().Equal(bytes[..length]); }
        }
        ExecRequest.DecodeOrNull(bytes.AsSpan(0, bytes.Length - 1)).Should().BeNull();
    }

    [Fact]
    public void What_follows_the_last_field_is_refused() =>
        ExecRequest.DecodeOrNull([.. Encode(new ExecRequest { Path = B("/bin/true") }), 255]).Should().BeNull();

    [Fact]
    public void A_text_with_a_nul_inside_is_refused()
    {
        byte[] bytes = Encode(new ExecRequest { Path = B("/bin/true") });
        bytes[8] = 0;

        ExecRequest.DecodeOrNull(bytes).Should().BeNull();
    }

    [Fact]
    public void A_list_longer_than_the_input_is_refused_before_it_is_made()
    {
        byte[] bytes = Encode(new ExecRequest { Path = B("/bin/true"), Argv = [B("a")] });
        int count = 1 + 4 + 9 + 1 + 1;
        bytes.AsSpan(count, 4).Fill(0x7F);

        ExecRequest.DecodeOrNull(bytes).Should().BeNull();
    }

    [Fact]
    public void A_request_without_a_path_is_refused() => ExecRequest.DecodeOrNull([]).Should().BeNull();

    [Fact]
    public void Lists_of_any_text_come_back() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[][]>(), texts =>
        {
            var request = new ExecRequest { Path = B("/x"), Argv = [.. texts.Select(t => new ByteText([.. (t ?? []).Where(b => b != 0)]))] };
            ExecRequest? back = ExecRequest.DecodeOrNull(Encode(request));
            return back is not null && back.Argv.SequenceEqual(request.Argv);
        }).Holds();

    [Fact]
    public void Garbage_never_throws() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<int>(), (noise, at) =>
        {
            byte[] bytes = Encode(ExecRequestSamples.Everything());
            for (int i = 0; i < noise.Length; i++) { bytes[(int)((uint)(at + (i * 31)) % bytes.Length)] = noise[i]; }
            ExecRequest? request = ExecRequest.DecodeOrNull(bytes);
            return request is null || !request.Path.IsEmpty;
        }).Holds();
}
