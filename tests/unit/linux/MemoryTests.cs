namespace SysMaster.Linux.Tests;

public sealed class MemoryTests
{
    [Fact]
    public void A_large_buffer_is_not_kept_for_the_next_one()
    {
        byte[] large = BytePool.Rent(1 << 20);
        BytePool.Return(large);

        BytePool.Rent(1 << 20).Should().NotBeSameAs(large);
    }

    [Fact]
    public void Giving_file_pages_back_loses_nothing_and_allocates_nothing()
    {
        FilePages.GiveBack();
        long before = GC.GetAllocatedBytesForCurrentThread();

        FilePages.GiveBack();

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
        Errno.ENOENT.ToString().Should().Be("No such file or directory");
    }
}
