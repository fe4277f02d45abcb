using System.Text;
using SysMaster.Linux;
using SysMaster.UnitFiles;

namespace SysMaster.Core.Boot;

/// <summary>
/// What the manager knows about the machine, asked for by conditions, specifiers and the bus. Each fact is read when first asked for and
/// kept; the few that change (host name, pressure) are read each time. Tests set facts instead of reading them.
/// </summary>
public sealed class SystemFacts : ISpecifierSource
{
    private Virtualization? _virtualization;
    private KernelCommandLine? _commandLine;
    private OsRelease? _osRelease;
    private string? _machineId;
    private string? _bootId;
    private string? _kernelRelease;
    private ulong? _memory;
    private string? _hostname;

    /// <summary>$container of PID 1's environment, from init; null when it has none.</summary>
    public string? ContainerEnvironment { get; init; }

    public string Architecture { get; init; } = MachineArchitecture.Current;

    public Virtualization Virtualization
    {
        get => _virtualization ??= Virtualization.Detect(ContainerEnvironment);
        init => _virtualization = value;
    }

    /// <summary>"sev-snp" or "tdx" where the kernel has that guest's device; else empty.</summary>
    public static string ConfidentialVirtualization => SmallFile.Exists("/dev/sev-guest") ? "sev-snp" : SmallFile.Exists("/dev/tdx_guest") ? "tdx" : "";

    public KernelCommandLine CommandLine
    {
        get => _commandLine ??= KernelCommandLine.Load(Virtualization.IsContainer);
        init => _commandLine = value;
    }

    public OsRelease OsRelease
    {
        get => _osRelease ??= OsRelease.Load();
        init => _osRelease = value;
    }

    /// <summary>32 hex digits; empty when /etc/machine-id holds none (yet): then it is asked for again.</summary>
    public string MachineId
    {
        get
        {
            if (string.IsNullOrEmpty(_machineId)) { _machineId = MachineIdText.ReadOrEmpty("/etc/machine-id"); }
            return _machineId;
        }
        init => _machineId = value;
    }

    public string BootId => _bootId ??= (SmallFile.FirstLineOrNull("/proc/sys/kernel/random/boot_id") ?? "").Replace("-", "", StringComparison.Ordinal);

    public string KernelRelease
    {
        get => _kernelRelease ??= Sys.Uname(2);
        init => _kernelRelease = value;
    }

    public string Hostname
    {
        get => _hostname ?? Sys.Uname(1);
        init => _hostname = value;
    }

    /// <summary>The manager's own environment block (ConditionEnvironment=).</summary>
    public EnvironmentList Environment { get; init; } = new();

    /// <summary>Where credentials passed to the manager lie: $CREDENTIALS_DIRECTORY, $ENCRYPTED_CREDENTIALS_DIRECTORY.</summary>
    public IReadOnlyList<string> CredentialDirectories { get; init; } = ["/run/credentials/@system", "/run/credentials/@encrypted"];

    /// <summary>True in the initrd: /etc/initrd-release is there.</summary>
    public bool InInitrd { get; init; } = SmallFile.Exists("/etc/initrd-release");

    /// <summary>Bytes of memory that we may use: the machine's, or the limit on the group that holds us all.</summary>
    public ulong PhysicalMemory
    {
        get => _memory ??= ReadMemory();
        init => _memory = value;
    }

    public string PrettyHostname
    {
        get
        {
            string pretty = "";
            if (SmallFile.TextOrNull("/etc/machine-info") is { } text)
            {
                using var reader = new EnvironmentFileReader(Encoding.UTF8.GetBytes(text));
                while (reader.MoveNext())
                {
                    if (reader.Key.SequenceEqual("PRETTY_HOSTNAME"u8)) { pretty = Encoding.UTF8.GetString(reader.Value); }
                }
            }
            return pretty.Length > 0 ? pretty : Hostname;
        }
    }

    /// <summary>The specifiers that depend on the machine alone: a A b B H l m M o q T v V w W.</summary>
    public SpecifierResult Expand(byte specifier, ref ByteBuilder output)
    {
        string? text = specifier switch
        {
            (byte)'a' => Architecture,
            (byte)'b' => BootId,
            (byte)'m' => MachineId.Length == 0 ? null : MachineId,
            (byte)'H' => Hostname,
            (byte)'l' => ShortHostname(Hostname),
            (byte)'q' => PrettyHostname,
            (byte)'v' => KernelRelease,
            (byte)'A' => OsField("IMAGE_VERSION"),
            (byte)'B' => OsField("BUILD_ID"),
            (byte)'M' => OsField("IMAGE_ID"),
            (byte)'o' => OsField("ID"),
            (byte)'w' => OsField("VERSION_ID"),
            (byte)'W' => OsField("VARIANT_ID"),
            (byte)'T' => TemporaryDirectory("/tmp"),
            (byte)'V' => TemporaryDirectory("/var/tmp"),
            _ => "\0",
        };
        if (text == "\0") { return SpecifierResult.Unknown; }
        if (text is null) { return SpecifierResult.Failed; }
        output.Append(Encoding.UTF8.GetBytes(text));
        return SpecifierResult.Done;
    }

    /// <summary>To the first dot.</summary>
    private static string ShortHostname(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? name : name[..dot];
    }

    private string? OsField(string key) => OsRelease.IsEmpty ? null : OsRelease[key];

    /// <summary>$TMPDIR, $TEMP, $TMP of the manager count when they name a directory.</summary>
    private string TemporaryDirectory(string standard)
    {
        foreach (string name in (ReadOnlySpan<string>)["TMPDIR", "TEMP", "TMP"])
        {
            if (Environment.TryGet(Encoding.ASCII.GetBytes(name), out ReadOnlySpan<byte> value) && value.StartsWith("/"u8))
            {
                string path = Encoding.UTF8.GetString(value);
                Result<FileStat> stat = Sys.Stat(new ByteText(path));
                if (!stat.Failed && stat.Value.IsDirectory) { return path; }
            }
        }
        return standard;
    }

    private static ulong ReadMemory()
    {
        string? total = SmallFile.FieldOrNull("/proc/meminfo", "MemTotal");
        ulong bytes = total is not null && ulong.TryParse(total.Split(' ')[0], out ulong kib) ? kib * 1024 : 0;
        ulong limit = SmallFile.NumberOrNull("/sys/fs/cgroup/memory.max") ?? SmallFile.NumberOrNull("/sys/fs/cgroup/memory/memory.limit_in_bytes")
            ?? ulong.MaxValue;
        return Math.Min(bytes, limit);
    }
}
