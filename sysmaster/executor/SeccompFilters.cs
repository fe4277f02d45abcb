using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// All of a unit's system call rules as one program, so that one call installs it and each system call of the service runs one filter.
/// Per way into the kernel: a table number → verdict is filled by name rules (later and stricter ones over earlier), then written out as
/// a binary search; numbers whose verdict depends on arguments get a small block of their own (<see cref="SeccompArguments"/>).
/// </summary>
internal static class SeccompFilters
{
    private const int Numbers = 600;   // beyond every number of today

    public static bool Wanted(ExecRequest r) =>
        r.SystemCallFilterSet || r.SystemCallLogSet || r.AddressFamiliesSet || r.AllowedNamespaces.HasValue || r.SystemCallArchitectures.Length != 0
        || r.RestrictRealtime || r.RestrictSuidSgid || r.MemoryDenyWriteExecute || r.LockPersonality || r.ProtectKernelModules || r.ProtectKernelLogs
        || r.ProtectKernelTunables || r.ProtectClock || r.ProtectHostname || r.PrivateDevices;

    public static SeccompProgram[] Compile(Setup s)
    {
        ExecRequest r = s.Request;
        if (!Wanted(r)) { return []; }
        uint otherwise = r.SystemCallArchitectures.Length != 0 ? SeccompProgram.KillThread : SeccompProgram.Allow;
        var program = new SeccompProgram();
        program.Load(4);
        foreach (SystemCallAbi abi in LibC.IsArm64 ? (ReadOnlySpan<SystemCallAbi>)[SystemCallAbi.Arm64, SystemCallAbi.Arm] : [SystemCallAbi.X64, SystemCallAbi.X86])
        {
            program.IfEqual(Audit(abi), 1, 0);
            int next = program.Jump();
            program.Load(0);
            if (abi == SystemCallAbi.X64)
            {
                program.IfAtLeast(0x40000000, 0, 1);   // x32 shows itself by this bit only
                int x32 = program.Jump();
                Section(program, r, SystemCallAbi.X64);
                program.Land(x32);
                program.And(0x3fffffff);
                Section(program, r, SystemCallAbi.X32);
            }
            else { Section(program, r, abi); }
            program.Land(next);
        }
        program.Return(otherwise);
        return [program];
    }

    /// <summary>Installed in order; ENOSYS and EINVAL are a kernel without seccomp, where the service runs unfiltered, as under systemd.</summary>
    public static void Load(SeccompProgram[] programs)
    {
        foreach (SeccompProgram program in programs)
        {
            Errno error = program.Install();
            if (error.Failed && error != Errno.ENOSYS) { Report.Fail(ExecStatus.Seccomp, error, "system call filter"u8); }
        }
    }

    private static void Section(SeccompProgram program, ExecRequest r, SystemCallAbi abi)
    {
        if (r.SystemCallArchitectures.Length != 0 && !Listed(r.SystemCallArchitectures, abi))
        {
            program.Return(SeccompProgram.KillThread);
            return;
        }
        var verdicts = new uint[Numbers];
        uint standard = Names(verdicts, r, abi);
        var arguments = new SeccompArguments(r, abi);
        arguments.Mark(verdicts);
        new SeccompSearch(program, verdicts, standard, arguments).Write();
    }

    /// <returns>The verdict for numbers beyond the table.</returns>
    private static uint Names(uint[] verdicts, ExecRequest r, SystemCallAbi abi)
    {
        ReadOnlySpan<short> numbers = SystemCallTable.Numbers(abi);
        uint action = r.SystemCallErrorNumber == 0 ? SeccompProgram.KillProcess : SeccompProgram.Error(r.SystemCallErrorNumber);
        bool allowList = r.SystemCallFilterSet && r.SystemCallFilterIsAllowList;
        uint standard = allowList ? action : SeccompProgram.Allow;
        Array.Fill(verdicts, standard);
        if (r.SystemCallLogSet) { LogRules(verdicts, r, numbers); }
        if (r.SystemCallFilterSet)
        {
            if (allowList) { Set(verdicts, numbers, "@default"u8, SeccompProgram.Allow); }
            foreach (ExecSystemCall word in r.SystemCallFilter)
            {
                bool allow = allowList != word.Negated;
                uint own = word.Errno switch { < 0 => action, 0 => SeccompProgram.KillProcess, _ => SeccompProgram.Error(word.Errno) };
                Set(verdicts, numbers, word.Name.Span, allow && !(allowList && word.Errno >= 0) ? SeccompProgram.Allow : own);
            }
        }
        if (r.ProtectKernelModules) { Deny(verdicts, numbers, "@module"u8); }
        if (r.ProtectKernelLogs) { Deny(verdicts, numbers, "syslog"u8); }
        if (r.ProtectClock) { Deny(verdicts, numbers, "@clock"u8); }
        if (r.PrivateDevices) { Deny(verdicts, numbers, "@raw-io"u8); }
        if (r.ProtectKernelTunables) { Deny(verdicts, numbers, "_sysctl"u8); }
        if (r.ProtectHostname)
        {
            Deny(verdicts, numbers, "sethostname"u8);
            Deny(verdicts, numbers, "setdomainname"u8);
        }
        return standard;
    }

    private static void LogRules(uint[] verdicts, ExecRequest r, ReadOnlySpan<short> numbers)
    {
        uint inside = r.SystemCallLogIsAllowList ? SeccompProgram.Log : SeccompProgram.Allow;
        if (!r.SystemCallLogIsAllowList) { Array.Fill(verdicts, SeccompProgram.Log); }
        foreach (ByteText word in r.SystemCallLog) { Set(verdicts, numbers, word.Span, inside); }
    }

    private static void Deny(uint[] verdicts, ReadOnlySpan<short> numbers, ReadOnlySpan<byte> word)
    {
        short single = 0;
        foreach (short index in SystemCallTable.Members(word, ref single))
        {
            short number = numbers[index];
            if (number >= 0 && verdicts[number] is SeccompProgram.Allow or SeccompProgram.Log) { verdicts[number] = SeccompProgram.Error(1); }   // EPERM
        }
    }

    private static void Set(uint[] verdicts, ReadOnlySpan<short> numbers, ReadOnlySpan<byte> word, uint verdict)
    {
        short single = 0;
        foreach (short index in SystemCallTable.Members(word, ref single))
        {
            short number = numbers[index];
            if (number >= 0) { verdicts[number] = verdict; }
        }
    }

    private static bool Listed(ByteText[] names, SystemCallAbi abi)
    {
        foreach (ByteText name in names)
        {
            ReadOnlySpan<byte> n = name.Span;
            bool native = n.SequenceEqual("native"u8);
            bool match = abi switch
            {
                SystemCallAbi.X64 => native || n.SequenceEqual("x86-64"u8),
                SystemCallAbi.X86 => n.SequenceEqual("x86"u8),
                SystemCallAbi.X32 => n.SequenceEqual("x32"u8),
                SystemCallAbi.Arm64 => native || n.SequenceEqual("arm64"u8),
                _ => n.SequenceEqual("arm"u8),
            };
            if (match) { return true; }
        }
        return false;
    }

    private static uint Audit(SystemCallAbi abi) => abi switch
    {
        SystemCallAbi.X64 => 0xC000003E,
        SystemCallAbi.X86 => 0x40000003,
        SystemCallAbi.Arm64 => 0xC00000B7,
        _ => 0x40000028,
    };
}
