namespace SysMaster.Spawn.Init;

/// <summary>A signal that PID 1 received, with what signalfd(2) says of its sender (pid 0: the kernel).</summary>
/// <remarks>Code: si_code: SI_USER (0), SI_QUEUE (-1), SI_KERNEL (0x80); Value: sigqueue(3)'s value as a number;
/// Number: init's count of signals, by which one that comes again is known; 0 of an older init.</remarks>
public readonly record struct ForwardedSignal(int Signal, int Code, int Pid, uint Uid, long Value, uint Number = 0);
