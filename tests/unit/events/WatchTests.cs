using SysMaster.Linux;

namespace SysMaster.Events.Tests;

/// <summary>What epoll_ctl(2) refuses is told, whether or not the caller looks at the result.</summary>
public sealed class WatchTests : IFdObserver
{
    private readonly List<(int Fd, Errno Error)> _told = [];

    void IFdObserver.OnReady(FdSource source, uint ready) => throw new InvalidOperationException("nothing is ready here");

    [Fact]
    public void A_descriptor_that_cannot_be_watched_is_told()
    {
        using var loop = new EventLoop { CannotWatch = (fd, error) => _told.Add((fd.Value, error)) };

        Errno error = loop.Add(new FdSource(new Fd(4000), EventPriority.Bus, this), LibC.EPOLLIN);

        error.Should().Be(Errno.EBADF);
        _told.Should().Equal((4000, Errno.EBADF));
    }

    [Fact]
    public void A_file_in_which_there_is_nothing_to_wait_for_is_not_a_fault()
    {
        using var loop = new EventLoop { CannotWatch = (fd, error) => _told.Add((fd.Value, error)) };
        using FileStream file = File.OpenRead("/proc/self/exe");

        Errno error = loop.Add(new FdSource(new Fd((int)file.SafeFileHandle.DangerousGetHandle()), EventPriority.Bus, this), LibC.EPOLLIN);

        error.Should().Be(Errno.EPERM);
        _told.Should().BeEmpty();
    }
}
