using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>OOMScoreAdjust=, CoredumpFilter=, Nice=, CPUScheduling*=, CPUAffinity=, NUMA*=, IOScheduling*=, TimerSlackNSec=, Personality=, MemoryKSM=.</summary>
internal static unsafe class Scheduling
{
    public static void Apply(Setup s)
    {
        ExecRequest r = s.Request;
        if (r.OomScoreAdjust is int oom)
        {
            Errno error = WriteNumber("/proc/self/oom_score_adj"u8, oom);
            // A container may not lower it: what it has already is fine.
            if (error.Failed && error != Errno.EPERM && error != Errno.EACCES) { Report.Fail(ExecStatus.OomAdjust, error, ByteText.Empty); }
        }
        if (r.CoredumpFilter is ulong filter)
        {
            Errno error = WriteHex("/proc/self/coredump_filter"u8, filter);
            if (error.Failed && error != Errno.EPERM && error != Errno.EACCES) { Report.Fail(ExecStatus.Limits, error, "core dump filter"u8); }
        }
        if (r.Nice is int nice && LibC.setpriority(LibC.PRIO_PROCESS, 0, nice) < 0) { Report.Fail(ExecStatus.Nice, Errno.Last, "nice level"u8); }
        if (r.CpuPolicy is int policy)
        {
            int priority = r.CpuPriority;
            if (LibC.sched_setscheduler(0, policy | (r.CpuResetOnFork ? LibC.SCHED_RESET_ON_FORK : 0), &priority) < 0)
            {
                Report.Fail(ExecStatus.SetScheduler, Errno.Last, ByteText.Empty);
            }
        }
        Placement(r);
        if (r.IoPriority is int io && LibC.ioprio_set(LibC.IOPRIO_WHO_PROCESS, 0, io) < 0) { Report.Fail(ExecStatus.IoPriority, Errno.Last, ByteText.Empty); }
        if (r.TimerSlackNsec is ulong slack && LibC.prctl(LibC.PR_SET_TIMERSLACK, (nint)slack, 0, 0, 0) < 0)
        {
            Report.Fail(ExecStatus.TimerSlack, Errno.Last, "timer slack"u8);
        }
        // A kernel without it (before 6.4, or built so) runs the program without.
        if (r.MemoryMerge is bool merge && LibC.prctl(PR_SET_MEMORY_MERGE, merge ? 1 : 0, 0, 0, 0) < 0 && Errno.Last != Errno.EINVAL)
        {
            Report.Fail(ExecStatus.Ksm, Errno.Last, "memory merging"u8);
        }
        if (r.Personality is ulong persona && LibC.personality((nuint)persona) < 0) { Report.Fail(ExecStatus.Personality, Errno.Last, "personality"u8); }
    }

    /// <summary>prctl(2).</summary>
    private const int PR_SET_MEMORY_MERGE = 67;

    private static void Placement(ExecRequest r)
    {
        if (r.CpuAffinity.Length != 0)
        {
            fixed (byte* mask = r.CpuAffinity)
            {
                if (LibC.sched_setaffinity(0, (nuint)r.CpuAffinity.Length, mask) < 0) { Report.Fail(ExecStatus.CpuAffinity, Errno.Last, ByteText.Empty); }
            }
        }
        if (r.NumaPolicy is int numa)
        {
            byte[] padded = new byte[(r.NumaMask.Length + 8) & ~7];
            r.NumaMask.CopyTo(padded, 0);
            fixed (byte* mask = padded)
            {
                nuint nodes = r.NumaMask.Length == 0 ? 0 : ((nuint)padded.Length * 8) + 1;
                if (LibC.set_mempolicy(numa, nodes == 0 ? null : mask, nodes) < 0 && Errno.Last != Errno.EOPNOTSUPP && Errno.Last != Errno.ENOSYS)
                {
                    Report.Fail(ExecStatus.NumaPolicy, Errno.Last, ByteText.Empty);
                }
            }
        }
    }

    private static Errno WriteNumber(ReadOnlySpan<byte> path, int value)
    {
        Span<byte> text = stackalloc byte[12];
        _ = System.Buffers.Text.Utf8Formatter.TryFormat(value, text, out int n);
        return Sys.WriteFile(path, text[..n]);
    }

    private static Errno WriteHex(ReadOnlySpan<byte> path, ulong value)
    {
        Span<byte> text = stackalloc byte[20];
        "0x"u8.CopyTo(text);
        _ = System.Buffers.Text.Utf8Formatter.TryFormat(value, text[2..], out int n, 'x');
        return Sys.WriteFile(path, text[..(n + 2)]);
    }
}
