namespace SysMaster.UnitFiles;

/// <summary>The resources of setrlimit(2), numbered as asm-generic has them (x86-64 and arm64).</summary>
public enum ResourceLimit
{
    Cpu = 0,
    Fsize = 1,
    Data = 2,
    Stack = 3,
    Core = 4,
    Rss = 5,
    Nproc = 6,
    Nofile = 7,
    Memlock = 8,
    As = 9,
    Locks = 10,
    Sigpending = 11,
    Msgqueue = 12,
    Nice = 13,
    Rtprio = 14,
    Rttime = 15,
}
