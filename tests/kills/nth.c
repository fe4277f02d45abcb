// Kills a process at its n-th system call, before the call is made; or makes it loop there, or stops it. Nothing is built into the
// process for it: between two system calls nobody outside can tell one instant from another, so their entries are all the instants there are.
//   nth PID N [kill|after|loop|stop|ERRNO] [CALL]    N = 0 only counts. after: killed at the entry after it. ERRNO: the call is not made and
//   fails with that number. CALL: only this one is counted. SIGTERM: lets go of it.
// Prints the count, and the number of the call it was done at; counting, before that a line "call NUMBER TIMES" for each.
// A build for tests of this machine's own architecture: x86-64 or arm64.
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__x86_64__)
enum { EPOLL_WAIT = 232, TIMERFD_SETTIME = 286 };
#else
enum { EPOLL_WAIT = 22, TIMERFD_SETTIME = 86 };   // epoll_pwait
#endif

static volatile sig_atomic_t over;
static void on_term(int signal) { (void)signal; over = 1; }

static long call_number(pid_t pid)
{
#if defined(__x86_64__)
    struct user_regs_struct regs;
    return ptrace(PTRACE_GETREGS, pid, 0, &regs) == 0 ? (long)regs.orig_rax : -1;
#else
    int number = -1;
    struct iovec io = { &number, sizeof number };
    return ptrace(PTRACE_GETREGSET, pid, 0x404, &io) == 0 ? number : -1;   // NT_ARM_SYSTEM_CALL
#endif
}

// At the entry: the call is none. At its end: what it returned.
static int set_call(pid_t pid, int entering, long value)
{
#if defined(__x86_64__)
    struct user_regs_struct regs;
    if (ptrace(PTRACE_GETREGS, pid, 0, &regs) != 0) return -1;
    if (entering) regs.orig_rax = (unsigned long long)value; else regs.rax = (unsigned long long)value;
    return (int)ptrace(PTRACE_SETREGS, pid, 0, &regs);
#else
    int number = (int)value;
    struct iovec io = { &number, sizeof number };
    if (entering) return (int)ptrace(PTRACE_SETREGSET, pid, 0x404, &io);
    struct user_regs_struct regs;
    io = (struct iovec){ &regs, sizeof regs };
    if (ptrace(PTRACE_GETREGSET, pid, NT_PRSTATUS, &io) != 0) return -1;
    regs.regs[0] = (unsigned long)value;
    return (int)ptrace(PTRACE_SETREGSET, pid, NT_PRSTATUS, &io);
#endif
}

// An endless loop where the process is: its text is private, only this one gets it.
static int loop_here(pid_t pid)
{
#if defined(__x86_64__)
    struct user_regs_struct regs;
    if (ptrace(PTRACE_GETREGS, pid, 0, &regs) != 0) return -1;
    errno = 0;
    long word = ptrace(PTRACE_PEEKTEXT, pid, (void *)regs.rip, 0);
    if (errno) return -1;
    return (int)ptrace(PTRACE_POKETEXT, pid, (void *)regs.rip, (void *)((word & ~0xffffL) | 0xfeebL));
#else
    struct user_regs_struct regs;
    struct iovec io = { &regs, sizeof regs };
    if (ptrace(PTRACE_GETREGSET, pid, NT_PRSTATUS, &io) != 0) return -1;
    errno = 0;
    long word = ptrace(PTRACE_PEEKTEXT, pid, (void *)regs.pc, 0);
    if (errno) return -1;
    return (int)ptrace(PTRACE_POKETEXT, pid, (void *)regs.pc, (void *)((word & ~0xffffffffL) | 0x14000000L));
#endif
}

int main(int argc, char **argv)
{
    if (argc < 3) { fprintf(stderr, "nth PID N [kill|after|loop|stop|ERRNO] [CALL]\n"); return 2; }
    pid_t pid = atoi(argv[1]);
    long n = atol(argv[2]), count = 0;
    const char *what = argc > 3 ? argv[3] : "kill";
    long only = argc > 4 ? atol(argv[4]) : -1;
    int due = 0;
    int error = atoi(what);
    static long times[512];
    struct sigaction action = { .sa_handler = on_term };
    sigaction(SIGTERM, &action, NULL);
    if (ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_TRACESYSGOOD) != 0) { perror("ptrace"); return 1; }
    ptrace(PTRACE_INTERRUPT, pid, 0, 0);
    puts("ready");
    fflush(stdout);
    long failed = -1;
    int entering = 1, status, interrupted = 0;
    while (1)
    {
        pid_t got = waitpid(pid, &status, __WALL);
        if (got < 0 && errno == EINTR)
        {
            if (over && !interrupted) { interrupted = 1; ptrace(PTRACE_INTERRUPT, pid, 0, 0); }
            continue;
        }
        if (got < 0 || WIFEXITED(status) || WIFSIGNALED(status)) { printf("ended %ld\n", count); return 0; }
        if (over)
        {
            for (int i = 0; n == 0 && i < 512; i++) if (times[i]) printf("call %d %ld\n", i, times[i]);
            ptrace(PTRACE_DETACH, pid, 0, 0);
            printf("counted %ld\n", count);
            return 0;
        }
        int signal = WSTOPSIG(status), event = status >> 16, deliver = 0;
        if (signal == (SIGTRAP | 0x80))
        {
            if (entering)
            {
                long call = call_number(pid);
                if (n == 0 && call >= 0 && call < 512) times[call]++;
                if (only < 0 || call == only) count++;
                else if (!due) goto next;
                if (n > 0 && count >= n && strcmp(what, "after") == 0 && !due) { due = 1; goto next; }
                // A loop outside the work (it sleeps, or tells that it will) is no hang that could be.
                if (n > 0 && count >= n && !(strcmp(what, "loop") == 0 && (call == EPOLL_WAIT || call == TIMERFD_SETTIME)))
                {
                    if (strcmp(what, "kill") == 0 || due) { kill(pid, SIGKILL); waitpid(pid, &status, __WALL); printf("kill %ld at call %ld\n", count, call); return 0; }
                    if (strcmp(what, "stop") == 0) { ptrace(PTRACE_DETACH, pid, 0, SIGSTOP); printf("stop %ld at call %ld\n", count, call); return 0; }
                    if (error) set_call(pid, 1, -1);
                    failed = call;
                    n = -count;   // loop: after the call, since at its entry the kernel would go on in it
                }
            }
            else if (n < 0 && error)
            {
                if (set_call(pid, 0, -error) != 0) { perror("set"); return 1; }
                ptrace(PTRACE_DETACH, pid, 0, 0);
                printf("failed %ld at call %ld\n", count, failed);
                return 0;
            }
            else if (n < 0)
            {
                if (loop_here(pid) != 0) { perror("poke"); return 1; }
                ptrace(PTRACE_DETACH, pid, 0, 0);
                printf("loop %ld\n", count);
                return 0;
            }
        next:
            entering = !entering;
        }
        else if (event == 0 && signal != SIGTRAP) { deliver = signal; }
        // An attach in the middle of a call shows its end first: epoll_wait's, which is no entry.
        else if (event == PTRACE_EVENT_STOP) { entering = 1; }
        ptrace(PTRACE_SYSCALL, pid, 0, deliver);
    }
}
