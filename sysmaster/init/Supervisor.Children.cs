namespace SysMaster.Init;

/// <summary>
/// Looking (WNOWAIT) and reaping. waitid(P_ALL) always shows the *first* zombie, so it cannot walk past one that the
/// core has not recorded yet; but SIGCHLD's siginfo names one child each time. So both are used: the names give most of
/// a burst at once, the look at the first, after each event and Reap, those whose signal was merged into another's.
/// </summary>
internal sealed unsafe partial class Supervisor
{
    private const int MaxAnnounced = 64;
    private const int SiginfoBatch = 16;

    /// <summary>Told to this core, not yet reaped by it. Not saved: after a fault they are announced again.</summary>
    private readonly int[] _announced = new int[MaxAnnounced];
    private int _announcedCount;

    private void OnChildSignals()
    {
        byte* infos = stackalloc byte[SiginfoBatch * SizeOfSiginfo];
        nint n;
        while ((n = LibC.read(_childFd, infos, SiginfoBatch * SizeOfSiginfo) / SizeOfSiginfo) > 0)
        {
            for (nint i = 0; i < n; i++)
            {
                int pid = ((int*)(infos + i * SizeOfSiginfo))[3];
                if (pid > 0 && !IsOurs(pid)) { LookAt(LibC.P_PID, pid); }
            }
        }
        CheckOwn();
    }

    private void LookAt(int idType, int id)
    {
        if (_state->CorePid == 0 || _linkFull || _state->Told < InitProtocol.MaxKept) { return; }
        if (_announcedCount == MaxAnnounced) { return; }
        siginfo_t info = default;
        const int look = LibC.WEXITED | LibC.WNOWAIT | LibC.WNOHANG;
        if (LibC.waitid(idType, id, &info, look) != 0 || info.si_pid == 0) { return; }
        if (IsOurs(info.si_pid) || _announced.AsSpan(0, _announcedCount).Contains(info.si_pid)) { return; }
        var exit = new InitHeader(InitMessageKind.Exited, info.si_pid, info.si_code, info.si_status, (int)info.si_uid);
        if (Send(exit)) { _announced[_announcedCount++] = info.si_pid; }
    }

    private void Reap(int pid)
    {
        if (pid <= 0 || IsOurs(pid)) { return; }
        siginfo_t info = default;
        _ = LibC.waitid(LibC.P_PID, pid, &info, LibC.WEXITED | LibC.WNOHANG);
        int at = _announced.AsSpan(0, _announcedCount).IndexOf(pid);
        if (at >= 0) { _announced[at] = _announced[--_announcedCount]; }
        LookAt(LibC.P_ALL, 0);
    }

    private bool IsOurs(int pid) => pid == _state->CorePid || pid == _state->ExecutorPid || pid == _shellPid;

    /// <summary>The processes that init has started itself: it reaps them itself.</summary>
    private void CheckOwn()
    {
        if (HasEnded(_state->ExecutorPid, out siginfo_t info)) { OnExecutorEnded(info); }
        if (HasEnded(_shellPid, out info)) { OnShellEnded(); }
        if (HasEnded(_state->CorePid, out info)) { OnCoreEnded(info); }
    }

    /// <summary>A stopped core or executor serves nobody: it is killed, and so started anew.</summary>
    private bool HasEnded(int pid, out siginfo_t info)
    {
        info = default;
        if (pid == 0) { return false; }
        int options = LibC.WEXITED | LibC.WNOHANG | (pid == _shellPid ? 0 : LibC.WSTOPPED);
        fixed (siginfo_t* p = &info)
        {
            if (LibC.waitid(LibC.P_PID, pid, p, options) != 0) { return Errno.Last == Errno.ECHILD; }
        }
        if (info.si_pid != pid) { return false; }
        if (info.si_code != LibC.CLD_STOPPED) { return true; }
        Log.Say(Log.Error, "stopped by a signal, killed: process "u8, pid);
        if (pid == _state->CorePid) { _state->Flags |= StartFlags.LastHung; }
        _ = LibC.kill(pid, Numbers.SIGKILL);
        return false;
    }
}
