using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>Who the process is: name, user, groups.</summary>
internal static unsafe class Identity
{
    /// <summary>"(program)" until execve: the end of a long name tells more than its beginning. 15 bytes are all there is.</summary>
    public static void NameProcess(ByteText path)
    {
        ReadOnlySpan<byte> name = path.Span[(path.Span.LastIndexOf((byte)'/') + 1)..];
        if (name.Length > 8) { name = name[^8..]; }
        byte* text = stackalloc byte[16];
        text[0] = (byte)'(';
        name.CopyTo(new Span<byte>(text + 1, 14));
        text[name.Length + 1] = (byte)')';
        text[name.Length + 2] = 0;
        _ = LibC.prctl(LibC.PR_SET_NAME, (nint)text, 0, 0, 0);
    }

    public static void Resolve(Setup s)
    {
        ExecRequest r = s.Request;
        if (r.DynamicUid != ExecRequest.NoId)
        {
            s.User = new Account(r.User, r.DynamicUid, r.DynamicUid, default, default);   // without a home or shell
            s.Uid = s.Gid = r.DynamicUid;
        }
        else if (!r.User.IsEmpty)
        {
            Result<Account> user = Accounts.User(r.User);
            // DynamicUser= with a number takes that one, nobody has to know it.
            if (user.Failed && r.DynamicUser && Accounts.TryNumber(r.User, out uint uid)) { user = new Account(r.User, uid, uid, default, default); }
            if (user.Failed) { Report.Fail(ExecStatus.User, user.Error, "Failed to determine user credentials"u8); }
            s.User = r.DynamicUser ? user.Value with { Home = default, Shell = default } : user.Value;
            s.Uid = user.Value.Uid;
            s.Gid = user.Value.Gid;
        }
        else if (r.LoginEnvironment)
        {
            Result<Account> self = Accounts.User(Number(LibC.getuid()));
            s.User = self.Failed ? null : self.Value;
        }
        if (r.DynamicGid != ExecRequest.NoId) { s.Gid = r.DynamicGid; }
        else if (!r.Group.IsEmpty)
        {
            Result<uint> group = Accounts.Group(r.Group);
            if (group.Failed && r.DynamicUser)
            {
                // Nobody chose it: the group of a user that the system has is that user's.
                if (r.Group == r.User) { group = s.Gid; }
                else if (Accounts.TryNumber(r.Group, out uint gid)) { group = gid; }
            }
            if (group.Failed) { Report.Fail(ExecStatus.Group, group.Error, "Failed to determine group credentials"u8); }
            s.Gid = group.Value;
        }
        ResolveGroups(s, r);
    }

    /// <summary>Of the user, or of whoever this is where none is set; empty when there is none.</summary>
    public static ByteText Home(Setup s)
    {
        if (s.User is { } user) { return user.Home; }
        Result<Account> self = Accounts.User(Number(LibC.getuid()));
        return self.Failed ? default : self.Value.Home;
    }

    private static void ResolveGroups(Setup s, ExecRequest r)
    {
        bool member = !r.User.IsEmpty && s.Gid != 0;
        s.GroupsSet = s.Gid != ExecRequest.NoId || r.SupplementaryGroups.Length != 0;
        if (!s.GroupsSet) { return; }
        List<uint> groups = !member ? [] : r.DynamicUid == ExecRequest.NoId ? [.. Accounts.GroupsOf(s.User!.Name, s.Gid)] : [s.Gid];
        if (member) { SetGroups([.. groups]); }   // "+" and "!" keep who they are, but know these already
        foreach (ByteText name in r.SupplementaryGroups)
        {
            Result<uint> id = Accounts.Group(name);
            if (id.Failed) { Report.Fail(ExecStatus.Group, id.Error, "Failed to determine supplementary groups"u8); }
            if (!groups.Contains(id.Value)) { groups.Add(id.Value); }
        }
        s.Groups = [.. groups];
    }

    public static void DropGroups(Setup s)
    {
        if (!s.ChangeUser || !s.GroupsSet) { return; }
        SetGroups(s.Groups);
        if (s.Gid != ExecRequest.NoId && LibC.setresgid(s.Gid, s.Gid, s.Gid) < 0) { Report.Fail(ExecStatus.Group, Errno.Last, "setting the group"u8); }
    }

    private static void SetGroups(uint[] groups)
    {
        fixed (uint* list = groups)
        {
            if (LibC.setgroups((nuint)groups.Length, list) < 0) { Report.Fail(ExecStatus.Group, Errno.Last, "groups"u8); }
        }
    }

    /// <summary>The user, and the capabilities that outlive the change.</summary>
    public static void BecomeUser(Setup s)
    {
        ExecRequest r = s.Request;
        bool change = s.ChangeUser && s.Uid != ExecRequest.NoId;
        if (change)
        {
            bool keep = s.Uid != 0 && (r.AmbientCapabilities != 0 || r.SecureBits != 0);
            if (keep)
            {
                int bits = LibC.prctl(LibC.PR_GET_SECUREBITS, 0, 0, 0, 0);
                if (LibC.prctl(LibC.PR_SET_SECUREBITS, bits | (int)r.SecureBits | LibC.SECURE_KEEP_CAPS, 0, 0, 0) < 0)
                {
                    Report.Fail(ExecStatus.User, Errno.Last, "keeping capabilities"u8);
                }
            }
            if (LibC.setresuid(s.Uid, s.Uid, s.Uid) < 0) { Report.Fail(ExecStatus.User, Errno.Last, Paths.Concat(new ByteText("Failed to change UID to "u8), Number(s.Uid).Span)); }
        }
        if (s.Sandbox && r.AmbientCapabilities != 0) { Capabilities.RaiseAmbient(r.AmbientCapabilities); }
    }

    public static ByteText Number(ulong value)
    {
        Span<byte> text = stackalloc byte[20];
        _ = System.Buffers.Text.Utf8Formatter.TryFormat(value, text, out int n);
        return new ByteText(text[..n]);
    }
}
