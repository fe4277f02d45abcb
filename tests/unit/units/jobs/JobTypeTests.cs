using SysMaster.Core;

namespace SysMaster.Units.Tests;

public sealed class JobTypeTests
{
    [Theory]
    [InlineData(JobType.Start, JobType.VerifyActive, JobType.Start)]
    [InlineData(JobType.Start, JobType.Reload, JobType.ReloadOrStart)]
    [InlineData(JobType.Start, JobType.Restart, JobType.Restart)]
    [InlineData(JobType.Reload, JobType.Restart, JobType.Restart)]
    [InlineData(JobType.VerifyActive, JobType.Reload, JobType.Reload)]
    [InlineData(JobType.Start, JobType.Stop, null)]
    [InlineData(JobType.Stop, JobType.Restart, null)]
    [InlineData(JobType.Stop, JobType.Reload, null)]
    public void Two_jobs_become_one_or_exclude_each_other(JobType a, JobType b, JobType? merged)
    {
        JobTypes.Merge(a, b).Should().Be(merged);
        JobTypes.Merge(b, a).Should().Be(merged);
    }

    [Fact]
    public void Merging_is_idempotent_and_symmetric_for_all()
    {
        for (JobType a = JobType.Start; a <= JobType.Restart; a++)
        {
            JobTypes.Merge(a, a).Should().Be(a);
            for (JobType b = JobType.Start; b <= JobType.Restart; b++) { JobTypes.Merge(a, b).Should().Be(JobTypes.Merge(b, a)); }
        }
    }
}
