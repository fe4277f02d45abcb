/* cradle: what the container rig cannot do in bash.
 *
 *   cradle boot --cgroup DIR --state DIR [--lifetime SECONDS] -- SETUP ARG...
 *       New pid, mount, uts, ipc, net and cgroup namespaces; SETUP is their PID 1. It ends by executing `cradle pivot`,
 *       which sends the console's master side over descriptor 3. This process goes on in the background: it copies the
 *       console into STATE/console, and writes STATE/ready once it has its own root,
 *       STATE/exit when PID 1 has ended. STATE/pid is PID 1 as the machine sees it.
 *   cradle pivot ROOT [NAME=VALUE]... -- INIT [ARG]...
 *       Console, root, capabilities, environment; then executes INIT.
 *   cradle enter [-t] PID CGROUP -- COMMAND [ARG]...
 *       Runs COMMAND in the container of PID, with a terminal of the container's own if -t; exits with its code.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/sched.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { CONSOLE_FD = 3 };

static void die(const char *what)
{
    fprintf(stderr, "cradle: %s: %s\n", what, strerror(errno));
    exit(125);
}

static void check(int ok, const char *what)
{
    if (!ok)
        die(what);
}

/* ---- terminals ---- */

static int open_master(int *number)
{
    int unlock = 0, master = open("/dev/pts/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
    check(master >= 0, "/dev/pts/ptmx");
    check(ioctl(master, TIOCSPTLCK, &unlock) == 0, "TIOCSPTLCK");
    check(ioctl(master, TIOCGPTN, number) == 0, "TIOCGPTN");
    return master;
}

static void send_fd(int socket, int fd)
{
    char byte = 0, room[CMSG_SPACE(sizeof fd)] = {0};
    struct iovec vec = {&byte, 1};
    struct msghdr message = {.msg_iov = &vec, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(header), &fd, sizeof fd);
    check(sendmsg(socket, &message, 0) == 1, "sendmsg");
}

/* -1 when the other side ended without sending one. */
static int receive_fd(int socket)
{
    char byte, room[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec vec = {&byte, 1};
    struct msghdr message = {.msg_iov = &vec, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
    int fd = -1;
    if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) == 1 && CMSG_FIRSTHDR(&message))
        memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
    return fd;
}

static void write_all(int fd, const char *data, ssize_t length)
{
    while (length > 0) {
        ssize_t n = write(fd, data, (size_t)length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        data += n;
        length -= n;
    }
}

/* ---- boot ---- */

static void write_file(const char *dir, const char *name, const char *format, ...)
{
    char path[4096], temporary[4128];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    snprintf(temporary, sizeof temporary, "%s.new", path);
    FILE *file = fopen(temporary, "we");
    check(file != NULL, temporary);
    va_list args;
    va_start(args, format);
    vfprintf(file, format, args);
    va_end(args);
    fclose(file);
    check(rename(temporary, path) == 0, path);
}

static void watch(pid_t pid, int socket, const char *state, long lifetime)
{
    char path[4096], buffer[65536];
    snprintf(path, sizeof path, "%s/console", state);
    int log = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    check(log >= 0, path);
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    check(pidfd >= 0, "pidfd_open");
    int master = receive_fd(socket);
    if (master >= 0)   /* the root is its own from here on: it may be entered */
        write_file(state, "ready", "%d\n", pid);
    time_t end = time(NULL) + lifetime;
    for (;;) {
        struct pollfd fds[2] = {{pidfd, POLLIN, 0}, {master, POLLIN, 0}};
        long left = lifetime ? (long)(end - time(NULL)) : 3600;
        if (lifetime && left <= 0) {
            kill(pid, SIGKILL);
            left = 5;
        }
        int n = poll(fds, 2, (int)(left * 1000));
        if (n > 0 && fds[1].revents & POLLIN) {
            ssize_t length = read(master, buffer, sizeof buffer);
            if (length > 0) {
                write_all(log, buffer, length);
                continue;
            }
        }
        if (n > 0 && fds[0].revents)
            break;
        if (n > 0 && fds[1].revents) {   /* nobody holds the console just now: look again shortly */
            struct timespec pause = {0, 20 * 1000 * 1000};
            nanosleep(&pause, NULL);
        }
    }
    int status = 0;
    check(waitpid(pid, &status, 0) == pid, "waitpid");
    fcntl(master, F_SETFL, O_NONBLOCK);
    ssize_t length;
    while (master >= 0 && (length = read(master, buffer, sizeof buffer)) > 0)
        write_all(log, buffer, length);
    if (WIFSIGNALED(status))
        write_file(state, "exit", "%s\n", WTERMSIG(status) == SIGINT ? "poweroff" : WTERMSIG(status) == SIGHUP ? "reboot" : strsignal(WTERMSIG(status)));
    else
        write_file(state, "exit", "exit %d\n", WEXITSTATUS(status));
}

static int boot(int argc, char **argv)
{
    const char *cgroup = NULL, *state = NULL;
    long lifetime = 0;
    int i = 0;
    for (; i < argc && strcmp(argv[i], "--"); i += 2) {
        if (i + 1 >= argc)
            return 2;
        if (!strcmp(argv[i], "--cgroup"))
            cgroup = argv[i + 1];
        else if (!strcmp(argv[i], "--state"))
            state = argv[i + 1];
        else if (!strcmp(argv[i], "--lifetime"))
            lifetime = atol(argv[i + 1]);
    }
    if (!cgroup || !state || i + 1 >= argc)
        return 2;

    int pair[2], ready[2];
    check(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0, "socketpair");
    check(pipe2(ready, O_CLOEXEC) == 0, "pipe");
    pid_t watcher = fork();
    check(watcher >= 0, "fork");
    if (watcher > 0) {   /* the caller waits only until PID 1 exists */
        char byte;
        close(ready[1]);
        return read(ready[0], &byte, 1) == 1 ? 0 : 125;
    }
    setsid();
    int group = open(cgroup, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    check(group >= 0, cgroup);
    struct clone_args args = {
        .flags = CLONE_INTO_CGROUP | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET,
        .exit_signal = SIGCHLD,
        .cgroup = (uint64_t)group,
    };
    pid_t pid = (pid_t)syscall(SYS_clone3, &args, sizeof args);
    check(pid >= 0, "clone3");
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        check(unshare(CLONE_NEWCGROUP) == 0, "unshare");
        check(dup2(pair[1], CONSOLE_FD) == CONSOLE_FD, "dup2");
        execv(argv[i + 1], argv + i + 1);
        die(argv[i + 1]);
    }
    write_file(state, "pid", "%d\n", pid);
    write_all(ready[1], "", 1);
    close(ready[1]);
    close(pair[1]);
    int null = open("/dev/null", O_RDWR);
    dup2(null, 0);
    dup2(null, 1);
    dup2(null, 2);
    watch(pid, pair[0], state, lifetime);
    return 0;
}

/* ---- pivot ---- */

/* What a container of systemd-nspawn with a private network holds: nothing that reaches the machine's clock, modules or ports. */
static void limit_capabilities(void)
{
    static const int kept[] = {
        CAP_AUDIT_CONTROL, CAP_AUDIT_WRITE, CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER, CAP_FSETID, CAP_IPC_OWNER,
        CAP_KILL, CAP_LEASE, CAP_LINUX_IMMUTABLE, CAP_MKNOD, CAP_NET_ADMIN, CAP_NET_BIND_SERVICE, CAP_NET_BROADCAST, CAP_NET_RAW,
        CAP_SETFCAP, CAP_SETGID, CAP_SETPCAP, CAP_SETUID, CAP_SYS_ADMIN, CAP_SYS_BOOT, CAP_SYS_CHROOT, CAP_SYS_NICE, CAP_SYS_PTRACE,
        CAP_SYS_RESOURCE, CAP_SYS_TTY_CONFIG,
    };
    uint64_t mask = 0;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        mask |= 1ull << kept[i];
    for (int cap = 0; prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++)
        if (!(mask & 1ull << cap))
            prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2];
    check(syscall(SYS_capget, &header, data) == 0, "capget");
    for (int half = 0; half < 2; half++) {
        data[half].permitted &= (uint32_t)(mask >> (32 * half));
        data[half].effective = data[half].permitted;
        data[half].inheritable = 0;
    }
    check(syscall(SYS_capset, &header, data) == 0, "capset");
}

static int pivot(int argc, char **argv)
{
    int i = 1, number;
    char path[64];
    if (argc < 3)
        return 2;
    check(chdir(argv[0]) == 0, argv[0]);
    check(syscall(SYS_pivot_root, ".", ".") == 0, "pivot_root");
    check(umount2(".", MNT_DETACH) == 0, "umount of the old root");
    check(chdir("/") == 0, "/");
    int master = open_master(&number);
    snprintf(path, sizeof path, "/dev/pts/%d", number);
    struct winsize size = {.ws_row = 50, .ws_col = 120};
    ioctl(master, TIOCSWINSZ, &size);
    int file = open("/dev/console", O_CREAT | O_CLOEXEC, 0600);
    check(file >= 0, "/dev/console");
    check(mount(path, "/dev/console", NULL, MS_BIND, NULL) == 0, "bind /dev/console");
    send_fd(CONSOLE_FD, master);

    setsid();
    int console = open("/dev/console", O_RDWR | O_NOCTTY);
    check(console >= 0, "/dev/console");
    for (int fd = 0; fd < 3; fd++)
        dup2(console, fd);
    syscall(SYS_close_range, 3, ~0u, 0);
    limit_capabilities();
    clearenv();
    for (; i < argc && strcmp(argv[i], "--"); i++)
        putenv(argv[i]);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int s = 1; s < NSIG; s++)
        signal(s, SIG_DFL);
    umask(022);
    if (i + 1 >= argc)
        return 2;
    execv(argv[i + 1], argv + i + 1);
    die(argv[i + 1]);
    return 125;
}

/* ---- enter ---- */

static struct termios s_saved;
static volatile sig_atomic_t s_resized;

static void restore_terminal(void) { tcsetattr(0, TCSANOW, &s_saved); }
static void on_resize(int signal) { (void)signal; s_resized = 1; }

static void copy_size(int master)
{
    struct winsize size;
    if (ioctl(0, TIOCGWINSZ, &size) == 0)
        ioctl(master, TIOCSWINSZ, &size);
}

static void relay(int master)
{
    char buffer[16384];
    int input = 0;
    if (isatty(0)) {
        struct termios raw;
        tcgetattr(0, &s_saved);
        raw = s_saved;
        cfmakeraw(&raw);
        tcsetattr(0, TCSANOW, &raw);
        atexit(restore_terminal);
        struct sigaction action = {.sa_handler = on_resize};
        sigaction(SIGWINCH, &action, NULL);
    }
    copy_size(master);
    for (;;) {
        struct pollfd fds[2] = {{master, POLLIN, 0}, {input, POLLIN, 0}};
        if (s_resized) {
            s_resized = 0;
            copy_size(master);
        }
        if (poll(fds, 2, -1) < 0) {
            if (errno == EINTR)
                continue;
            return;
        }
        if (fds[0].revents) {
            ssize_t n = read(master, buffer, sizeof buffer);
            if (n <= 0)
                return;
            write_all(1, buffer, n);
        }
        if (fds[1].revents) {
            ssize_t n = read(0, buffer, sizeof buffer);
            if (n > 0)
                write_all(master, buffer, n);
            else {
                write_all(master, "\004", 1);
                input = -1;
            }
        }
    }
}

static int enter(int argc, char **argv)
{
    int terminal = argc > 0 && !strcmp(argv[0], "-t"), number = 0, master = -1;
    argc -= terminal;
    argv += terminal;
    if (argc < 4 || strcmp(argv[2], "--"))
        return 2;
    char path[4096], *term = getenv("TERM");
    snprintf(path, sizeof path, "%s/cgroup.procs", argv[1]);
    int group = open(path, O_WRONLY | O_CLOEXEC);
    check(group >= 0, path);
    int pidfd = (int)syscall(SYS_pidfd_open, atoi(argv[0]), 0);
    check(pidfd >= 0, "pidfd_open");
    check(setns(pidfd, CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP) == 0, "setns");
    if (terminal)
        master = open_master(&number);
    pid_t child = fork();
    check(child >= 0, "fork");
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        check(write(group, "0", 1) == 1, "cgroup.procs");
        if (terminal) {
            setsid();
            snprintf(path, sizeof path, "/dev/pts/%d", number);
            int slave = open(path, O_RDWR);
            check(slave >= 0, path);
            for (int fd = 0; fd < 3; fd++)
                dup2(slave, fd);
        }
        limit_capabilities();
        check(chdir("/root") == 0 || chdir("/") == 0, "/");
        char term_entry[128];
        snprintf(term_entry, sizeof term_entry, "TERM=%.100s", term ? term : "linux");
        clearenv();
        putenv(term_entry);
        putenv("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        putenv("HOME=/root");
        putenv("USER=root");
        putenv("LOGNAME=root");
        putenv("SHELL=/bin/bash");
        putenv("LANG=C.UTF-8");
        putenv("SYSTEMD_PAGER=cat");
        putenv("SYSTEMD_COLORS=0");
        syscall(SYS_close_range, 3, ~0u, 0);
        umask(022);
        execvp(argv[3], argv + 3);
        fprintf(stderr, "%s: %s\n", argv[3], strerror(errno));
        _exit(errno == ENOENT ? 127 : 126);
    }
    if (terminal)
        relay(master);
    int status;
    check(waitpid(child, &status, 0) == child, "waitpid");
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
    if (argc > 1 && !strcmp(argv[1], "boot"))
        return boot(argc - 2, argv + 2);
    if (argc > 1 && !strcmp(argv[1], "pivot"))
        return pivot(argc - 2, argv + 2);
    if (argc > 1 && !strcmp(argv[1], "enter"))
        return enter(argc - 2, argv + 2);
    fputs("usage: cradle boot|pivot|enter\n", stderr);
    return 2;
}
