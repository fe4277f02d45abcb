// Kills a process at its n-th system call, before the call is made; or makes it loop there, or stops it. Nothing is built into the
// process for it: between two system calls nobody outside can tell one instant from another but by marks in shared memory, so their entries and
// their ends are all the instants there are.
//   nth PID N [kill|exit|after|loop|stop|ERRNO] [CALL]    N = 0 only counts. exit: killed when the call is made and before it returns. after: killed
//   at the entry after it. ERRNO: the call is not made and fails with that number. CALL: only this one is counted. SIGTERM: lets go of it.
//   nth PID N next PROGRAM    PID is a parent: the next child of it that executes PROGRAM is the one, from its first call on. Counting, the line
//   "stands N" says how many calls it had made when it first waited for something to do.
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

static int runs(pid_t pid, const char *program)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/%d/exe", pid);
    ssize_t length = readlink(link, path, sizeof path - 1);
    return length > 0 && (path[length] = 0, strcmp(path, program) == 0);
}

// The parent is let go of once its child has come, or when there is no more need for it.
static void let_go(pid_t parent)
{
    int status;
    ptrace(PTRACE_INTERRUPT, parent, 0, 0);
    while (waitpid(parent, &status, __WALL) == parent && !WIFEXITED(status) && !WIFSIGNALED(status))
    {
        int signal = WSTOPSIG(status);
        if (status >> 16 == PTRACE_EVENT_STOP) { ptrace(PTRACE_DETACH, parent, 0, 0); return; }
        ptrace(PTRACE_CONT, parent, 0, status >> 16 ? 0 : signal);
    }
}

// Stopped just behind its execve(2): its end is the next stop.
static pid_t next_child(pid_t parent, const char *program)
{
    long of_parent = PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_TRACESYSGOOD;
    if (ptrace(PTRACE_SEIZE, parent, 0, of_parent) != 0) { perror("ptrace"); return -1; }
    puts("ready");
    fflush(stdout);
    while (1)
    {
        int status;
        pid_t pid = waitpid(-1, &status, __WALL);
        if (pid < 0 && over) { let_go(parent); return 0; }
        if (pid < 0 || WIFEXITED(status) || WIFSIGNALED(status)) { if (pid < 0 && errno != EINTR) return -1; continue; }
        int event = status >> 16, signal = WSTOPSIG(status);
        if (pid != parent && event == PTRACE_EVENT_EXEC)
        {
            if (!runs(pid, program)) { ptrace(PTRACE_DETACH, pid, 0, 0); continue; }
            ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD);
            let_go(parent);
            return pid;
        }
        // A stop by a signal is the parent's business (group-stop), all others go on.
        ptrace(PTRACE_CONT, pid, 0, event == 0 && signal != SIGTRAP ? signal : 0);
    }
}

int main(int argc, char **argv)
{
    if (argc < 3) { fprintf(stderr, "nth PID N [kill|exit|after|loop|stop|ERRNO] [CALL]\n"); return 2; }
    pid_t pid = atoi(argv[1]);
    long n = atol(argv[2]), count = 0;
    const char *what = argc > 3 ? argv[3] : "kill";
    long only = argc > 4 ? atol(argv[4]) : -1;
    int due = 0;
    int error = atoi(what);
    static long times[512];
    struct sigaction action = { .sa_handler = on_term };
    sigaction(SIGTERM, &action, NULL);
    long failed = -1, stood = 0;
    int entering = 1, status, interrupted = 0;
    if (strcmp(what, "next") == 0)
    {
        what = "kill";
        only = -1;
        pid = next_child(pid, argc > 4 ? argv[4] : "");
        if (pid <= 0) { if (pid == 0) puts("none 0"); return pid != 0; }
        entering = 0;
        ptrace(PTRACE_SYSCALL, pid, 0, 0);
    }
    else
    {
        if (ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_TRACESYSGOOD) != 0) { perror("ptrace"); return 1; }
        ptrace(PTRACE_INTERRUPT, pid, 0, 0);
        puts("ready");
        fflush(stdout);
    }
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
            if (n == 0) printf("stands %ld\n", stood);
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
                if (call == EPOLL_WAIT && !stood) stood = count;
                if (only < 0 || call == only) count++;
                else if (!due) goto next;
                if (n > 0 && count >= n && strcmp(what, "after") == 0 && !due) { due = 1; goto next; }
                // A loop outside the work (it sleeps, or tells that it will) is no hang that could be.
                if (n > 0 && count >= n && !(strcmp(what, "loop") == 0 && (call == EPOLL_WAIT || call == TIMERFD_SETTIME)))
                {
                    if (strcmp(what, "exit") == 0) { failed = call; n = -count; goto next; }
                    if (strcmp(what, "kill") == 0 || due) { kill(pid, SIGKILL); waitpid(pid, &status, __WALL); printf("kill %ld at call %ld\n", count, call); return 0; }
                    if (strcmp(what, "stop") == 0) { ptrace(PTRACE_DETACH, pid, 0, SIGSTOP); printf("stop %ld at call %ld\n", count, call); return 0; }
                    if (error) set_call(pid, 1, -1);
                    failed = call;
                    n = -count;   // loop: after the call, since at its entry the kernel would go on in it
                }
            }
            else if (n < 0 && strcmp(what, "exit") == 0)
            {
                kill(pid, SIGKILL);
                waitpid(pid, &status, __WALL);
                printf("exit %ld at call %ld\n", count, failed);
                return 0;
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
