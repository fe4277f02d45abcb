using SysMaster.Linux;

namespace SysMaster.RandomSeed.Tests;

/// <summary>Over files in a folder of their own; a plain file stands in for /dev/urandom where what is mixed in is looked at.</summary>
public sealed class SeedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("seed").FullName;

    private string File(string name) => Path.Combine(_folder, name);

    [Fact]
    public void A_first_load_leaves_a_seed_of_the_pools_size_with_rights_0600()
    {
        string path = File("below/random-seed");

        NewSeed(path).Load().Should().Be(0);

        new FileInfo(path).Length.Should().Be(EntropyPool.Size());
        (Sys.Stat(new ByteText(path)).Value.Mode & 0xFFF).Should().Be(0x180);
        Mark(path).Should().Be("1");
    }

    [Fact]
    public void A_load_mixes_the_old_seed_in_and_stores_another()
    {
        string path = File("random-seed");
        byte[] old = Enumerable.Range(0, 512).Select(i => (byte)i).ToArray();
        System.IO.File.WriteAllBytes(path, old);
        System.IO.File.WriteAllBytes(File("pool"), new byte[16]);

        NewSeed(path).Load().Should().Be(0);

        byte[] mixed = System.IO.File.ReadAllBytes(File("pool"));
        mixed.AsSpan().IndexOf(old).Should().BeGreaterThanOrEqualTo(0);
        byte[] stored = System.IO.File.ReadAllBytes(path);
        stored.Should().HaveCount(512, "a longer seed keeps its length").And.NotEqual(old);
    }

    [Fact]
    public void The_end_of_a_new_seed_carries_the_old_one_over()
    {
        byte[] old = [1, 2, 3];
        byte[] fresh = new byte[64];

        Seed.CarryOver(old, fresh);

        byte[] text = [3, 0, 0, 0, 0, 0, 0, 0, .. old, 64, 0, 0, 0, 0, 0, 0, 0, .. new byte[64]];
        fresh[32..].Should().Equal(System.Security.Cryptography.SHA256.HashData(text));
        fresh[..32].Should().AllBeEquivalentTo((byte)0);
    }

    [Fact]
    public void A_link_is_followed_and_stays_a_link()
    {
        string path = File("random-seed"), real = File("elsewhere");
        System.IO.File.CreateSymbolicLink(path, real);

        NewSeed(path).Save().Should().Be(0);

        new FileInfo(path).LinkTarget.Should().Be(real);
        new FileInfo(real).Length.Should().Be(EntropyPool.Size());
    }

    [Fact]
    public void A_huge_file_is_cut_to_ten_mebibytes()
    {
        string path = File("random-seed");
        using (FileStream huge = System.IO.File.Create(path)) { huge.SetLength(50L << 20); }

        NewSeed(path).Save().Should().Be(0);

        new FileInfo(path).Length.Should().Be(10 << 20);
    }

    [Fact]
    public void A_directory_in_its_place_is_an_error_to_save_and_said_on_load()
    {
        string path = File("random-seed");
        Directory.CreateDirectory(path);

        NewSeed(path).Save().Should().Be(1);
        NewSeed(path).Load().Should().Be(0, "the boot goes on");
    }

    [Theory]
    [InlineData(null, "1", false, false)]
    [InlineData("yes", "1", false, true)]
    [InlineData("yes", null, false, false)]
    [InlineData("yes", "0", false, false)]
    [InlineData("yes", "1", true, false)]
    [InlineData("no", "1", false, false)]
    [InlineData("banana", "1", false, false)]
    [InlineData("force", null, true, true)]
    public void Entropy_is_credited_only_where_the_setting_the_mark_and_the_boot_allow_it(string? setting, string? mark, bool firstBoot, bool credited) =>
        new Credit(setting, () => firstBoot).Allows(mark).Should().Be(credited);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Seed NewSeed(string path)
    {
        if (!System.IO.File.Exists(File("pool"))) { System.IO.File.WriteAllBytes(File("pool"), []); }
        return new Seed(new ByteText(path), new Credit(null, static () => false), new EntropyPool(File("pool")));
    }

    private static string? Mark(string path) =>
        Sys.GetXattr(new ByteText(path), new ByteText(SeedFile.MarkName)) is { Failed: false } mark ? mark.Value.ToString() : null;
}
