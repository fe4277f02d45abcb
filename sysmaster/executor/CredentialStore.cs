using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// LoadCredential=, ImportCredential=, SetCredential=, and what of them is encrypted: files of mode 0400 in a ramfs of the unit's own (never swapped out), read-only once filled. Where
/// nothing may be mounted (a container, a user manager) a plain directory does. systemd.exec(5), "CREDENTIALS".
/// </summary>
internal static unsafe class CredentialStore
{
    private const int Limit = 1 << 20;

    public static void Make(Setup s)
    {
        ExecRequest r = s.Request;
        if ((r.Credentials.Length == 0 && r.CredentialImports.Length == 0) || r.CredentialsDirectory.IsEmpty) { return; }
        s.HasCredentials = true;
        if ((r.Flags & ExecFlags.WriteCredentials) == 0) { return; }
        List<(ByteText Id, ByteText Path, bool Encrypted)> imports = Matching(r);
        if (r.Credentials.Length == 0 && imports.Count == 0) { return; }
        ByteText directory = r.CredentialsDirectory;
        _ = Native.umask(0x12);
        Check(Sys.MkdirAll(directory, 0x1C0), directory);
        _ = Native.umask(0x3F);
        bool mounted = Mount(directory);
        var written = new HashSet<ByteText>();
        int total = 0;
        foreach (ExecCredential credential in r.Credentials)
        {
            if (!credential.Path.IsEmpty) { LoadPath(s, credential, directory, written, ref total, HasFallback(r, credential.Id)); }
        }
        foreach ((ByteText id, ByteText path, bool encrypted) in imports)
        {
            if (!written.Add(id)) { continue; }
            Result<byte[]> content = Sys.ReadFile(path, Limit);
            if (content.Failed) { Report.Fail(ExecStatus.Credentials, content.Error, path); }
            Write(s, directory, id, content.Value, encrypted, ref total);
        }
        foreach (ExecCredential credential in r.Credentials)
        {
            if (credential.Path.IsEmpty && written.Add(credential.Id)) { Write(s, directory, credential.Id, credential.Data, credential.Encrypted, ref total); }
        }
        if (s.Uid is not (ExecRequest.NoId or 0)) { Check(Paths.Chown(directory, s.Uid, 0), directory); }
        Check(Paths.Chmod(directory, 0x140), directory);   // 0500
        if (mounted) { Seal(directory); }
    }

    /// <summary>Files of the credential stores that ImportCredential= means, in the order in which they win.</summary>
    private static List<(ByteText Id, ByteText Path, bool Encrypted)> Matching(ExecRequest r)
    {
        var found = new List<(ByteText, ByteText, bool)>();
        foreach (ByteText import in r.CredentialImports)
        {
            foreach (ByteText place in r.CredentialSearch) { AddMatching(found, import, place, encrypted: false); }
            foreach (ByteText place in r.EncryptedCredentialSearch) { AddMatching(found, import, place, encrypted: true); }
        }
        return found;
    }

    private static void AddMatching(List<(ByteText, ByteText, bool)> found, ByteText import, ByteText place, bool encrypted)
    {
        if (import.Span[^1] != (byte)'*')
        {
            ByteText path = Paths.Join(place, import.Span);
            if (Sys.Exists(path)) { found.Add((import, path, encrypted)); }
            return;
        }
        Result<List<ByteText>> names = Names(place);
        if (names.Failed) { return; }   // mostly there is no such store
        foreach (ByteText name in names.Value)
        {
            if (name.StartsWith(import.Span[..^1]) && name.Span[0] != (byte)'.') { found.Add((name, Paths.Join(place, name.Span), encrypted)); }
        }
    }

    private static bool HasFallback(ExecRequest r, ByteText id)
    {
        foreach (ExecCredential credential in r.Credentials)
        {
            if (credential.Path.IsEmpty && credential.Id == id) { return true; }
        }
        return false;
    }

    /// <summary>A fresh file system over what an earlier command of the unit left.</summary>
    private static bool Mount(ByteText directory)
    {
        fixed (byte* where = directory.CString, type = "ramfs\0"u8, options = "mode=0700\0"u8)
        {
            _ = LibC.umount2(where, LibC.MNT_DETACH | LibC.UMOUNT_NOFOLLOW);
            return LibC.mount(type, where, type, LibC.MS_NODEV | LibC.MS_NOEXEC | LibC.MS_NOSUID, options) == 0;
        }
    }

    private static void Seal(ByteText directory)
    {
        fixed (byte* where = directory.CString)
        {
            nuint flags = LibC.MS_REMOUNT | LibC.MS_BIND | LibC.MS_RDONLY | LibC.MS_NODEV | LibC.MS_NOEXEC | LibC.MS_NOSUID;
            if (LibC.mount(null, where, null, flags, null) < 0) { Report.Fail(ExecStatus.Credentials, Errno.Last, "Failed to seal credentials"u8, directory); }
        }
    }

    private static void LoadPath(Setup s, ExecCredential credential, ByteText directory, HashSet<ByteText> written, ref int total, bool fallback)
    {
        (ByteText id, ByteText path) = (credential.Id, credential.Path);
        if (path.StartsWith("/"u8))
        {
            Result<FileFacts> facts = Paths.Stat(path);
            if (!facts.Failed && facts.Value.IsDirectory)
            {
                LoadDirectory(s, credential, directory, written, ref total);
                return;
            }
            if (!written.Add(id)) { return; }
            Result<byte[]> content = !facts.Failed && facts.Value.IsSocket ? FromSocket(s, id, path) : Sys.ReadFile(path, Limit);
            if (content.Failed && content.Error == Errno.ENOENT && fallback)
            {
                _ = written.Remove(id);
                return;
            }
            if (content.Failed) { Report.Fail(ExecStatus.Credentials, content.Error, path); }
            Write(s, directory, id, content.Value, credential.Encrypted, ref total);
            return;
        }
        if (!written.Add(id)) { return; }
        ByteText[] places = credential.Encrypted ? [.. s.Request.EncryptedCredentialSearch, .. s.Request.CredentialSearch] : s.Request.CredentialSearch;
        foreach (ByteText place in places)
        {
            Result<byte[]> content = Sys.ReadFile(Paths.Join(place, path.Span), Limit);
            if (content.Failed) { continue; }
            Write(s, directory, id, content.Value, credential.Encrypted, ref total);
            return;
        }
        _ = written.Remove(id);   // one that the system was not given is passed over
    }

    /// <summary>Every regular file below, its path joined with "_".</summary>
    private static void LoadDirectory(Setup s, ExecCredential source, ByteText directory, HashSet<ByteText> written, ref int total)
    {
        Result<List<ByteText>> names = Names(source.Path);
        if (names.Failed) { Report.Fail(ExecStatus.Credentials, names.Error, source.Path); }
        foreach (ByteText name in names.Value)
        {
            ByteText childId = source.Id.IsEmpty ? name : Paths.Concat(Paths.Concat(source.Id, "_"u8), name.Span);
            LoadPath(s, source with { Id = childId, Path = Paths.Join(source.Path, name.Span) }, directory, written, ref total, false);
        }
    }

    private static Result<List<ByteText>> Names(ByteText directory)
    {
        Result<OwnedFd> open = Sys.Open(directory, LibC.O_RDONLY | LibC.O_DIRECTORY);
        if (open.Failed) { return open.Error; }
        using OwnedFd fd = open.Value;
        var names = new List<ByteText>();
        byte* buffer = (byte*)System.Runtime.InteropServices.NativeMemory.Alloc(32768);
        nint n;
        while ((n = LibC.syscall(LibC.IsArm64 ? 61 : 217, fd.Value, (nint)buffer, 32768)) > 0)   // getdents64
        {
            for (nint at = 0; at < n; at += *(ushort*)(buffer + at + 16))
            {
                ReadOnlySpan<byte> name = System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer + at + 19);
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8)) { names.Add(new ByteText(name)); }
            }
        }
        System.Runtime.InteropServices.NativeMemory.Free(buffer);
        return names;
    }

    /// <summary>The server may tell by our address what is asked for: "\0" random "/unit/" unit "/" id.</summary>
    private static Result<byte[]> FromSocket(Setup s, ByteText id, ByteText path)
    {
        Span<byte> random = stackalloc byte[8];
        fixed (byte* p = random) { _ = LibC.syscall(LibC.IsArm64 ? 278 : 318, (nint)p, 8, 0); }   // getrandom
        byte[] address = [0, .. System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(random)), .. "/unit/"u8, .. s.Request.Unit.Span, (byte)'/', .. id.Span];
        Result<int> socket = UnixSocket.Connect(path, address);
        if (socket.Failed) { return socket.Error; }
        using var fd = new OwnedFd(socket.Value);
        return Sys.ReadToEnd(fd.Fd, Limit);
    }

    private static void Write(Setup s, ByteText directory, ByteText id, ReadOnlySpan<byte> content, bool encrypted, ref int total)
    {
        if (encrypted) { content = CredentialKey.Decrypt(id, content, Limit); }
        total += content.Length;
        if (total > Limit) { Report.Fail(ExecStatus.Credentials, Errno.E2BIG, "credentials"u8); }
        ByteText path = Paths.Join(directory, id.Span);
        _ = Sys.Unlink(path);
        Check(Sys.WriteFile(path, content, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_NOFOLLOW, 0x180), path);
        if (s.Uid is not (ExecRequest.NoId or 0)) { Check(Paths.Chown(path, s.Uid, 0), path); }
        Check(Paths.Chmod(path, 0x100), path);
    }

    private static void Check(Errno error, ByteText path)
    {
        if (error.Failed) { Report.Fail(ExecStatus.Credentials, error, path); }
    }
}
