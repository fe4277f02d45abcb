using System.Buffers.Text;
using System.Text;
using SysMaster.Core;
using SysMaster.Core.Logging;
using SysMaster.Linux;

namespace SysMaster.Program;

/// <summary>
/// Credentials that the machine was given: on the kernel command line, by the firmware (SMBIOS type 11 strings, QEMU's fw_cfg), or by a
/// container manager. They lie in /run/credentials/@system, memory that is never swapped out, where LoadCredential= and ImportCredential= find
/// them; $CREDENTIALS_DIRECTORY of PID 1 says so to generators and conditions. systemd.exec(5), "CREDENTIALS".
/// </summary>
internal static unsafe class SystemCredentials
{
    private const string Directory = "/run/credentials/@system";
    private const string Firmware = "/sys/firmware/qemu_fw_cfg/by_name/opt/io.systemd.credentials";
    private const int LimitOfOne = 1 << 20;
    private const int LimitOfAll = 1 << 20;
    private const int MaxName = 255;

    public static void Import(Manager manager, Facts facts)
    {
        if (facts.Variable("CREDENTIALS_DIRECTORY") is { } given)
        {
            // Of a container manager; the usual name leads there.
            if (given != Directory && given.StartsWith('/'))
            {
                _ = Sys.MkdirAll("/run/credentials"u8, 0x1ED);
                Errno linked = Sys.Symlink(new ByteText(given), new ByteText(Directory));
                if (linked.Failed && linked != Errno.EEXIST) { Log.Warning($"{Directory} could not be linked to {given}: {linked.ToString()}"); }
            }
            return;
        }
        if (facts.Options.ImportCredentials == false || Sys.Exists(new ByteText(Directory))) { return; }
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (!facts.InContainer)
        {
            FromFirmware(found);
            FromStrings(found);
        }
        FromWords(found, facts.Options.Credentials, isBase64: false);
        FromWords(found, facts.Options.BinaryCredentials, isBase64: true);
        if (found.Count > 0 && Write(found)) { manager.OwnEnvironment.Add(new ByteText($"CREDENTIALS_DIRECTORY={Directory}")); }
    }

    private static void FromWords(Dictionary<string, byte[]> found, List<string> words, bool isBase64)
    {
        foreach (string word in words)
        {
            int colon = word.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) { Log.Warning($"A credential on the kernel command line has no name, ignoring."); }
            else { Add(found, word[..colon], Encoding.UTF8.GetBytes(word[(colon + 1)..]), isBase64, "the kernel command line"); }
        }
    }

    private static void FromFirmware(Dictionary<string, byte[]> found)
    {
        foreach (string name in Names(Firmware))
        {
            Result<byte[]> content = Sys.ReadFile(new ByteText($"{Firmware}/{name}/raw"), LimitOfOne);
            if (content.Failed) { Log.Warning($"The credential {name} of the firmware cannot be read: {content.Error.ToString()}"); }
            else { Add(found, name, content.Value, isBase64: false, "fw_cfg"); }
        }
    }

    /// <summary>SMBIOS OEM strings: after the structure, whose length is its second byte, NUL-ended strings follow.</summary>
    private static void FromStrings(Dictionary<string, byte[]> found)
    {
        const string plain = "io.systemd.credential:", binary = "io.systemd.credential.binary:";
        foreach (string entry in Names("/sys/firmware/dmi/entries"))
        {
            if (!entry.StartsWith("11-", StringComparison.Ordinal)) { continue; }
            Result<byte[]> raw = Sys.ReadFile(new ByteText($"/sys/firmware/dmi/entries/{entry}/raw"), LimitOfOne);
            if (raw.Failed || raw.Value.Length < 2 || raw.Value[1] > raw.Value.Length) { continue; }
            foreach (string text in Encoding.UTF8.GetString(raw.Value.AsSpan(raw.Value[1])).Split('\0', StringSplitOptions.RemoveEmptyEntries))
            {
                bool isBinary = text.StartsWith(binary, StringComparison.Ordinal);
                if (!isBinary && !text.StartsWith(plain, StringComparison.Ordinal)) { continue; }
                string assignment = text[(isBinary ? binary : plain).Length..];
                int equals = assignment.IndexOf('=', StringComparison.Ordinal);
                if (equals > 0) { Add(found, assignment[..equals], Encoding.UTF8.GetBytes(assignment[(equals + 1)..]), isBinary, "SMBIOS"); }
            }
        }
    }

    /// <summary>The first of a name counts.</summary>
    private static void Add(Dictionary<string, byte[]> found, string name, byte[] value, bool isBase64, string source)
    {
        if (!IsName(name))
        {
            Log.Warning($"A credential of {source} has a name that is none, ignoring: {name}");
            return;
        }
        if (isBase64)
        {
            byte[] decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(value.Length)];
            if (Base64.DecodeFromUtf8(value, decoded, out _, out int n) != System.Buffers.OperationStatus.Done)
            {
                Log.Warning($"The credential {name} of {source} is not valid base64, ignoring.");
                return;
            }
            value = decoded[..n];
        }
        int total = value.Length;
        foreach (byte[] other in found.Values) { total += other.Length; }
        if (total > LimitOfAll) { Log.Warning($"The credentials are too large together; {name} of {source} is left out."); }
        else { _ = found.TryAdd(name, value); }
    }

    /// <summary>A file name that can be shown: what LoadCredential= takes.</summary>
    internal static bool IsName(string name)
    {
        if (name.Length is 0 or > MaxName || name is "." or "..") { return false; }
        foreach (char c in name)
        {
            if (c is <= ' ' or >= (char)127 or '/' or ':') { return false; }
        }
        return true;
    }

    private static bool Write(Dictionary<string, byte[]> found)
    {
        var directory = new ByteText(Directory);
        _ = Sys.MkdirAll("/run/credentials"u8, 0x1ED);
        Errno error = Sys.Mkdir(directory, 0x1C0);
        if (error.Failed)
        {
            Log.Warning($"{Directory} cannot be made: {error.ToString()}. The machine's credentials are not there.");
            return false;
        }
        const nuint flags = LibC.MS_NODEV | LibC.MS_NOEXEC | LibC.MS_NOSUID;
        bool mounted = !Sys.Mount("ramfs"u8, directory.CString, "ramfs"u8, flags, "mode=0700"u8).Failed;
        foreach ((string name, byte[] value) in found)
        {
            error = Sys.WriteFile(new ByteText($"{Directory}/{name}"), value, LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_NOFOLLOW, 0x100);
            if (error.Failed) { Log.Warning($"The credential {name} cannot be written: {error.ToString()}"); }
        }
        _ = Sys.Chmod(directory, 0x140);
        if (mounted) { _ = Sys.Mount(default, directory.CString, default, LibC.MS_REMOUNT | LibC.MS_BIND | LibC.MS_RDONLY | flags, default); }
        return true;
    }

    private static List<string> Names(string directory)
    {
        var names = new List<string>();
        Result<DirectoryReader> open = Sys.OpenDirectory(new ByteText(directory));
        if (open.Failed) { return names; }
        using DirectoryReader reader = open.Value;
        foreach (DirectoryEntry entry in reader) { names.Add(Encoding.UTF8.GetString(entry.Name)); }
        return names;
    }
}
