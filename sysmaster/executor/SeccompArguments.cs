using SysMaster.Linux;
using SysMaster.Spawn.Exec;

namespace SysMaster.Executor;

/// <summary>
/// Rules that look at arguments. A number that has one gets a verdict below <see cref="First"/> + count that no action has; its block is
/// written where the search ends. Each block ends in the verdict the number would have had.
/// </summary>
internal sealed class SeccompArguments
{
    /// <summary>Action values of this shape do not exist: high byte 1.</summary>
    private const uint First = 0x01000000;
    private const int EPERM = 1;
    private const int ENOSYS = 38;
    private const int EAFNOSUPPORT = 97;

    private readonly ExecRequest _request;
    private readonly SystemCallAbi _abi;
    private readonly List<(Action<SeccompProgram> Block, uint Otherwise)> _blocks = [];
    private uint[] _verdicts = [];

    public SeccompArguments(ExecRequest request, SystemCallAbi abi)
    {
        _request = request;
        _abi = abi;
    }

    public void Mark(uint[] verdicts)
    {
        _verdicts = verdicts;
        if (_request.AddressFamiliesSet && _abi != SystemCallAbi.X86) { AddressFamilies(); }   // i386 has socketcall beside: no use
        if (_request.AllowedNamespaces is ulong allowed) { Namespaces(allowed); }
        if (_request.RestrictRealtime) { Rule("sched_setscheduler"u8, RealtimeBlock); }
        if (_request.LockPersonality) { Personality(); }
        if (_request.MemoryDenyWriteExecute) { WriteExecute(); }
        if (_request.RestrictSuidSgid) { SetidBits(); }
    }

    /// <returns>False when the verdict is a plain one.</returns>
    public bool Write(SeccompProgram program, uint verdict)
    {
        if (verdict < First || verdict - First >= _blocks.Count) { return false; }
        (Action<SeccompProgram> block, uint otherwise) = _blocks[(int)(verdict - First)];
        block(program);
        program.Return(otherwise);
        return true;
    }

    private void Rule(ReadOnlySpan<byte> name, Action<SeccompProgram> block)
    {
        int index = SystemCallTable.IndexOf(name);
        int number = index < 0 ? -1 : SystemCallTable.Numbers(_abi)[index];
        if (number < 0) { return; }
        uint have = _verdicts[number];
        if (have is not (SeccompProgram.Allow or SeccompProgram.Log)) { return; }   // refused already
        _verdicts[number] = First + (uint)_blocks.Count;
        _blocks.Add((block, have));
    }

    private void Refuse(ReadOnlySpan<byte> name, int errno) => Rule(name, p => p.Return(SeccompProgram.Error(errno)));

    private void AddressFamilies()
    {
        int[] families = _request.AddressFamilies;
        bool allow = _request.AddressFamiliesIsAllowList;
        Rule("socket"u8, p =>
        {
            p.LoadArgument(0);
            foreach (int family in families)
            {
                p.IfEqual((uint)family, 0, 1);
                if (allow) { p.Return(SeccompProgram.Allow); }
                else { p.Return(SeccompProgram.Error(EAFNOSUPPORT)); }
            }
            if (allow) { p.Return(SeccompProgram.Error(EAFNOSUPPORT)); }
        });
    }

    private void Namespaces(ulong allowed)
    {
        const uint All = LibC.CLONE_NEWCGROUP | LibC.CLONE_NEWIPC | LibC.CLONE_NEWNET | LibC.CLONE_NEWNS | LibC.CLONE_NEWPID | LibC.CLONE_NEWUSER | LibC.CLONE_NEWUTS;
        uint denied = All & ~(uint)allowed;
        if (denied == 0) { return; }
        Refuse("clone3"u8, ENOSYS);   // its flags are in memory, out of a filter's sight; the C library falls back to clone
        Rule("clone"u8, p => DenyBits(p, 0, denied));
        Rule("unshare"u8, p => DenyBits(p, 0, denied));
        Rule("setns"u8, p =>
        {
            p.LoadArgument(1);
            p.IfEqual(0, 0, 1);   // "whatever it is"
            p.Return(SeccompProgram.Error(EPERM));
            DenyBits(p, 1, denied);
        });
    }

    /// <summary>Only SCHED_OTHER, BATCH and IDLE.</summary>
    private static void RealtimeBlock(SeccompProgram p)
    {
        p.LoadArgument(1);
        p.IfEqual(0, 3, 0);
        p.IfEqual(3, 2, 0);
        p.IfEqual(5, 1, 0);
        p.Return(SeccompProgram.Error(EPERM));
    }

    private void Personality()
    {
        uint now = (uint)LibC.personality(0xffffffff);
        Rule("personality"u8, p =>
        {
            p.LoadArgument(0);
            p.IfEqual(now, 1, 0);
            p.Return(SeccompProgram.Error(EPERM));
        });
    }

    private void WriteExecute()
    {
        const uint Write = 2;
        const uint Exec = 4;
        bool old = _abi is SystemCallAbi.X86 or SystemCallAbi.Arm;
        if (old) { Refuse("mmap"u8, EPERM); }   // arguments in memory
        Rule(old ? "mmap2"u8 : "mmap"u8, static p =>
        {
            p.LoadArgument(2);
            p.And(Write | Exec);
            p.IfEqual(Write | Exec, 0, 1);
            p.Return(SeccompProgram.Error(EPERM));
        });
        Rule("mprotect"u8, static p => DenyBits(p, 2, Exec));
        Rule("pkey_mprotect"u8, static p => DenyBits(p, 2, Exec));
        Rule("shmat"u8, static p => DenyBits(p, 2, 0x8000));   // SHM_EXEC
    }

    private void SetidBits()
    {
        const uint Bits = 0xC00;   // S_ISUID | S_ISGID
        Rule("chmod"u8, static p => DenyBits(p, 1, Bits));
        Rule("fchmod"u8, static p => DenyBits(p, 1, Bits));
        Rule("fchmodat"u8, static p => DenyBits(p, 2, Bits));
        Rule("fchmodat2"u8, static p => DenyBits(p, 2, Bits));
        Rule("mknod"u8, static p => DenyBits(p, 1, Bits));
        Rule("mknodat"u8, static p => DenyBits(p, 2, Bits));
        Rule("creat"u8, static p => DenyBits(p, 1, Bits));
        Rule("open"u8, static p => DenyCreating(p, 1, 2));
        Rule("openat"u8, static p => DenyCreating(p, 2, 3));
        Refuse("openat2"u8, ENOSYS);   // arguments in memory
    }

    private static void DenyCreating(SeccompProgram p, int flags, int mode)
    {
        p.LoadArgument(flags);
        p.IfAnySet((uint)LibC.O_CREAT, 0, 3);
        p.LoadArgument(mode);
        p.IfAnySet(0xC00, 0, 1);
        p.Return(SeccompProgram.Error(EPERM));
    }

    private static void DenyBits(SeccompProgram p, int argument, uint bits)
    {
        p.LoadArgument(argument);
        p.IfAnySet(bits, 0, 1);
        p.Return(SeccompProgram.Error(EPERM));
    }
}
