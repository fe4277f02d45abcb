using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>CapabilityBoundingSet=, AmbientCapabilities=, SecureBits=. capabilities(7).</summary>
internal static unsafe class Capabilities
{
    /// <summary>Highest capability of this kernel; asked once, before the first fork.</summary>
    private static int s_last = -1;

    public static int Last
    {
        get
        {
            if (s_last >= 0) { return s_last; }
            int cap = 63;
            while (cap > 0 && LibC.prctl(LibC.PR_CAPBSET_READ, cap, 0, 0, 0) < 0) { cap--; }
            return s_last = cap;
        }
    }

    public static void Bound(Setup s)
    {
        if (s.Request.CapabilityBoundingSet is not ulong keep) { return; }
        ulong all = Last == 63 ? ulong.MaxValue : (1ul << (Last + 1)) - 1;
        if ((keep & all) == all) { return; }
        for (int cap = 0; cap <= Last; cap++)
        {
            if ((keep >> cap & 1) == 0 && LibC.prctl(LibC.PR_CAPBSET_DROP, cap, 0, 0, 0) < 0
                && LibC.prctl(LibC.PR_CAPBSET_READ, cap, 0, 0, 0) == 1)
            {
                Report.Fail(ExecStatus.Capabilities, Errno.EPERM, "capability bounding set"u8);
            }
        }
        Change(inheritable: i => i & keep);
    }

    /// <summary>Ambient ones must be inheritable and permitted: what a container or CapabilityBoundingSet= has taken away is passed over.</summary>
    public static void RaiseAmbient(ulong set)
    {
        set = Attainable(set);
        Change(inheritable: i => i | set);
        for (int cap = 0; cap <= Last; cap++)
        {
            if ((set >> cap & 1) != 0 && LibC.prctl(LibC.PR_CAP_AMBIENT, LibC.PR_CAP_AMBIENT_RAISE, cap, 0, 0) < 0)
            {
                Report.Fail(ExecStatus.Capabilities, Errno.Last, "ambient capabilities"u8);
            }
        }
    }

    /// <param name="data">Room for two.</param>
    private static cap_user_header Read(cap_user_data* data)
    {
        var header = new cap_user_header { version = LibC.LINUX_CAPABILITY_VERSION_3 };
        if (LibC.capget(&header, data) < 0) { Report.Fail(ExecStatus.Capabilities, Errno.Last, "reading capabilities"u8); }
        return header;
    }

    /// <summary>Of these, the ones that are permitted and in the bounding set.</summary>
    private static ulong Attainable(ulong set)
    {
        cap_user_data* data = stackalloc cap_user_data[2];
        _ = Read(data);
        ulong permitted = data[0].permitted | ((ulong)data[1].permitted << 32), attainable = 0;
        for (int cap = 0; cap <= Last; cap++)
        {
            if (((set & permitted) >> cap & 1) != 0 && LibC.prctl(LibC.PR_CAPBSET_READ, cap, 0, 0, 0) == 1) { attainable |= 1ul << cap; }
        }
        return attainable;
    }

    public static bool Has(int cap)
    {
        var header = new cap_user_header { version = LibC.LINUX_CAPABILITY_VERSION_3 };
        cap_user_data* data = stackalloc cap_user_data[2];
        return LibC.capget(&header, data) == 0 && (data[cap >> 5].effective >> (cap & 31) & 1) != 0;
    }

    private static void Change(Func<ulong, ulong> inheritable)
    {
        cap_user_data* data = stackalloc cap_user_data[2];
        cap_user_header header = Read(data);
        ulong have = data[0].inheritable | ((ulong)data[1].inheritable << 32);
        ulong want = inheritable(have);
        if (want == have) { return; }
        data[0].inheritable = (uint)want;
        data[1].inheritable = (uint)(want >> 32);
        if (LibC.capset(&header, data) < 0) { Report.Fail(ExecStatus.Capabilities, Errno.Last, "setting capabilities"u8); }
    }
}
