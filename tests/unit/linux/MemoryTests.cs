namespace SysMaster.Linux.Tests;

public sealed class MemoryTests
{
    [Fact]
    public void Two_large_buffers_are_kept_for_the_next_message_until_the_work_is_done()
    {
        BytePool.Trim();
        byte[][] large = [BytePool.Rent(1 << 20), BytePool.Rent(2 << 20), BytePool.Rent(100_000)];
        foreach (byte[] buffer in large) { BytePool.Return(buffer); }

        byte[] again = BytePool.Rent(1 << 20), other = BytePool.Rent(1 << 20), third = BytePool.Rent(100_000);

        again.Should().BeSameAs(large[0]);
        other.Should().BeSameAs(large[1]);
        third.Should().NotBeSameAs(large[2]);
        BytePool.Return(again);
        BytePool.Trim();
        BytePool.Rent(1 << 20).Should().NotBeSameAs(again);
        BytePool.Return(new byte[64 << 20]);
        BytePool.Rent(1 << 20).Length.Should().BeLessThan(64 << 20, "what is larger than any usual message is not kept");
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
