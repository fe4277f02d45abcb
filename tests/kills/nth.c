// Kills a process at its n-th system call, before the call is made; or makes it loop there, or stops it. Nothing is built into the
// process for it: between two system calls nobody outside can tell one instant from another, so their entries are all the instants there are.
//   nth PID N [kill|after|loop|stop] [CALL]    N = 0 only counts. after: killed at the entry after it. CALL: only this one is counted. SIGTERM: lets go of it. Prints the count, and the number of the call it was done at.
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
    if (argc < 3) { fprintf(stderr, "nth PID N [kill|after|loop|stop] [CALL]\n"); return 2; }
    pid_t pid = atoi(argv[1]);
    long n = atol(argv[2]), count = 0;
    const char *what = argc > 3 ? argv[3] : "kill";
    long only = argc > 4 ? atol(argv[4]) : -1;
    int due = 0;
    struct sigaction action = { .sa_handler = on_term };
    sigaction(SIGTERM, &action, NULL);
    if (ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_TRACESYSGOOD) != 0) { perror("ptrace"); return 1; }
    ptrace(PTRACE_INTERRUPT, pid, 0, 0);
    puts("ready");
    fflush(stdout);
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
        if (over) { ptrace(PTRACE_DETACH, pid, 0, 0); printf("counted %ld\n", count); return 0; }
        int signal = WSTOPSIG(status), event = status >> 16, deliver = 0;
        if (signal == (SIGTRAP | 0x80))
        {
            if (entering)
            {
                long call = only >= 0 || n > 0 ? call_number(pid) : 0;
                if (only < 0 || call == only) count++;
                else if (!due) goto next;
                if (n > 0 && count >= n && strcmp(what, "after") == 0 && !due) { due = 1; goto next; }
                // A loop outside the work (it sleeps, or tells that it will) is no hang that could be.
                if (n > 0 && count >= n && !(strcmp(what, "loop") == 0 && (call == EPOLL_WAIT || call == TIMERFD_SETTIME)))
                {
                    if (strcmp(what, "kill") == 0 || due) { kill(pid, SIGKILL); waitpid(pid, &status, __WALL); printf("kill %ld at call %ld\n", count, call); return 0; }
                    if (strcmp(what, "stop") == 0) { ptrace(PTRACE_DETACH, pid, 0, SIGSTOP); printf("stop %ld at call %ld\n", count, call); return 0; }
                    n = -count;   // loop: after the call, since at its entry the kernel would go on in it
                }
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
