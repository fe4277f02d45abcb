using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>What is last before the filters: labels for the new program, securebits, no_new_privs.</summary>
internal static unsafe class Security
{
    /// <summary>A label of a security module that is not in force means nothing. Asked while the host's files are still to be seen.</summary>
    public static void ChooseLabels(Setup s)
    {
        ExecRequest r = s.Request;
        s.UsesSelinux = Sys.Exists(new ByteText("/sys/fs/selinux/enforce"u8));
        if (!s.UsesSelinux) { r.SelinuxContext = default; }
        if (!r.AppArmorProfile.IsEmpty)
        {
            Result<byte[]> enabled = Sys.ReadFile(new ByteText("/sys/module/apparmor/parameters/enabled"u8), 16);
            if (enabled.Failed || !enabled.Value.AsSpan().StartsWith("Y"u8)) { r.AppArmorProfile = default; }
        }
        if (!r.SmackLabel.IsEmpty && !Sys.Exists(new ByteText("/sys/fs/smackfs"u8))) { r.SmackLabel = default; }
    }

    public static void BeforeFilters(Setup s)
    {
        ExecRequest r = s.Request;
        Label("/proc/self/attr/exec"u8, r.SelinuxContext.Span, r.SelinuxContextIgnore, ExecStatus.SelinuxContext);
        if (!r.AppArmorProfile.IsEmpty)
        {
            ByteText text = Paths.Concat(new ByteText("exec "u8), r.AppArmorProfile.Span);
            bool own = Sys.Exists(new ByteText("/proc/self/attr/apparmor/exec"u8));
            Label(own ? "/proc/self/attr/apparmor/exec"u8 : "/proc/self/attr/exec"u8, text.Span, r.AppArmorProfileIgnore, ExecStatus.AppArmor);
        }
        Label("/proc/self/attr/current"u8, r.SmackLabel.Span, r.SmackLabelIgnore, ExecStatus.SmackProcessLabel);

        // A user has lost the right to set them, and had them before that. Whether capabilities are kept matters no more: execve(2) forgets it.
        int bits = LibC.prctl(LibC.PR_GET_SECUREBITS, 0, 0, 0, 0);
        if (r.SecureBits != 0 && (bits & ~LibC.SECURE_KEEP_CAPS) != ((int)r.SecureBits & ~LibC.SECURE_KEEP_CAPS)
            && LibC.prctl(LibC.PR_SET_SECUREBITS, (nint)r.SecureBits, 0, 0, 0) < 0)
        {
            Report.Fail(ExecStatus.SecureBits, Errno.Last, "secure bits"u8);
        }
        bool need = r.NoNewPrivileges || (SeccompFilters.Wanted(r) && !Capabilities.Has(LibC.CAP_SYS_ADMIN));
        if (need && LibC.prctl(LibC.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0) { Report.Fail(ExecStatus.NoNewPrivileges, Errno.Last, "no new privileges"u8); }
    }

    private static void Label(ReadOnlySpan<byte> file, ReadOnlySpan<byte> label, bool ignore, ExecStatus status)
    {
        if (label.IsEmpty) { return; }
        Errno error = Sys.WriteFile(file, label);
        if (error.Failed && !ignore) { Report.Fail(status, error, label); }
    }
}
