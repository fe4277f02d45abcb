using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace SysMaster.RandomSeed.Tests;

public class Sha256Tests
{
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Known_answers_of_FIPS_180(string text, string digest) => Digest(Encoding.ASCII.GetBytes(text)).Should().Be(digest);

    [Fact]
    public void Any_bytes_in_any_pieces_hash_as_the_framework_hashes_them()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<(byte[], byte)>(), sample =>
        {
            (byte[]? bytes, byte cut) = sample;
            byte[] longer = [.. bytes ?? [], .. new byte[cut], .. bytes ?? []];
            int at = Math.Min(cut, longer.Length);
            var hash = new Sha256();
            hash.Add(longer.AsSpan(0, at));
            hash.Add(longer.AsSpan(at));
            byte[] digest = new byte[Sha256.Size];
            hash.Finish(digest);
            digest.Should().Equal(SHA256.HashData(longer));
        }).Holds();
    }

    private static string Digest(byte[] bytes)
    {
        var hash = new Sha256();
        hash.Add(bytes);
        byte[] digest = new byte[Sha256.Size];
        hash.Finish(digest);
        return Convert.ToHexStringLower(digest);
    }
}
