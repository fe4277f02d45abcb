/* agent: a command channel into a virtual machine over its second serial port, which needs nothing of the init under test.
 *
 *   agent launch INIT [ARG]...     in the guest, as PID 1: forks the server, then becomes INIT
 *   agent serve ROOT               in a guest's initramfs: the server alone, its commands in what ROOT will be
 *   agent call SOCKET [-t SECONDS] -- COMMAND     on the machine: runs COMMAND with /bin/sh -c in the guest, exits with its code
 *
 * Lines both ways, payloads in base64:   R id seconds command   |   A id   1 id bytes   2 id bytes   E id code
 * A request is repeated until it is acknowledged: what is sent before the guest listens is lost.
 * A line that does not parse is dropped: whoever was cut off in the middle is resynchronised by the next line feed.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 3000, LINE = 1 << 20 };

static const char s_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static size_t encode(const unsigned char *in, size_t n, char *out)
{
    size_t o = 0;
    for (size_t i = 0; i < n; i += 3) {
        uint32_t v = (uint32_t)in[i] << 16 | (i + 1 < n ? in[i + 1] << 8 : 0) | (i + 2 < n ? in[i + 2] : 0);
        out[o++] = s_alphabet[v >> 18];
        out[o++] = s_alphabet[v >> 12 & 63];
        out[o++] = i + 1 < n ? s_alphabet[v >> 6 & 63] : '=';
        out[o++] = i + 2 < n ? s_alphabet[v & 63] : '=';
    }
    out[o] = 0;
    return o;
}

static size_t decode(const char *in, unsigned char *out)
{
    size_t o = 0;
    uint32_t v = 0;
    int bits = 0;
    for (; *in && *in != '='; in++) {
        const char *p = strchr(s_alphabet, *in);
        if (!p)
            break;
        v = v << 6 | (uint32_t)(p - s_alphabet);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            out[o++] = (unsigned char)(v >> bits);
        }
    }
    return o;
}

static int write_all(int fd, const char *data, size_t length)
{
    while (length > 0) {
        ssize_t n = write(fd, data, length);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (n <= 0)
            return -1;
        data += n;
        length -= (size_t)n;
    }
    return 0;
}

/* Next whole line without its line feed, or NULL at the end. */
static char *read_line(int fd)
{
    static char buffer[LINE + 1], line[LINE + 1];
    static size_t held;
    for (;;) {
        char *end = memchr(buffer, '\n', held);
        if (end) {
            size_t length = (size_t)(end - buffer);
            memcpy(line, buffer, length);
            line[length] = 0;
            held -= length + 1;
            memmove(buffer, end + 1, held);
            return line;
        }
        if (held == LINE)
            held = 0;
        ssize_t n = read(fd, buffer + held, LINE - held);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return NULL;
        held += (size_t)n;
    }
}

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- guest ---- */

static void send_bytes(int port, int stream, const char *id, const unsigned char *data, size_t n)
{
    char out[CHUNK * 2 + 64];
    size_t o = (size_t)snprintf(out, 64, "%d %.20s ", stream, id);
    o += encode(data, n, out + o);
    out[o++] = '\n';
    write_all(port, out, o);
}

static void run(int port, const char *id, long seconds, const char *command)
{
    int out[2], err[2], status = 0, open_ends = 2;
    char end[64];
    if (pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC))
        return;
    pid_t child = fork();
    if (child == 0) {
        setsid();
        dup2(open("/dev/null", O_RDWR), 0);
        dup2(out[1], 1);
        dup2(err[1], 2);
        if (chdir("/root"))
            (void)!chdir("/");
        clearenv();
        putenv("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        putenv("HOME=/root");
        putenv("USER=root");
        putenv("LOGNAME=root");
        putenv("SHELL=/bin/bash");
        putenv("TERM=dumb");
        putenv("LANG=C.UTF-8");
        putenv("SYSTEMD_PAGER=cat");
        putenv("SYSTEMD_COLORS=0");
        execl("/bin/sh", "sh", "-c", command, (char *)0);
        _exit(127);
    }
    close(out[1]);
    close(err[1]);
    struct pollfd fds[2] = {{out[0], POLLIN, 0}, {err[0], POLLIN, 0}};
    long deadline = now_ms() + seconds * 1000, exited_at = 0;
    int killed = 0, reaped = 0;
    while (open_ends > 0) {
        int ready = poll(fds, 2, 100);
        for (int i = 0; i < 2; i++) {
            unsigned char data[CHUNK];
            if (!fds[i].revents)
                continue;
            ssize_t n = read(fds[i].fd, data, sizeof data);
            if (n > 0)
                send_bytes(port, i + 1, id, data, (size_t)n);
            else {
                close(fds[i].fd);
                fds[i].fd = -1;
                open_ends--;
            }
        }
        if (!reaped && waitpid(child, &status, WNOHANG) == child) {
            reaped = 1;
            exited_at = now_ms();
        }
        if (reaped && ready == 0 && now_ms() > exited_at + 300)   /* a daemon it left behind may hold the pipe for ever */
            break;
        if (!reaped && !killed && now_ms() > deadline) {
            kill(-child, SIGKILL);
            killed = 1;
        }
    }
    for (int i = 0; i < 2; i++)
        if (fds[i].fd >= 0)
            close(fds[i].fd);
    if (!reaped)
        waitpid(child, &status, 0);
    int code = killed ? 124 : WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    write_all(port, end, (size_t)snprintf(end, sizeof end, "E %.20s %d\n", id, code));
}

static void serve(int port)
{
    struct termios raw;
    if (port < 0)
        _exit(1);
    tcgetattr(port, &raw);
    cfmakeraw(&raw);
    raw.c_cflag |= CLOCAL;
    tcsetattr(port, TCSANOW, &raw);
    static unsigned char command[LINE];
    char *line, last[24] = "";
    for (;;) {
        char id[24], answer[32];
        long seconds;
        int at = 0;
        while (!(line = read_line(port)))
            usleep(10000);
        if (sscanf(line, "R %20s %ld %n", id, &seconds, &at) < 2 || !at)
            continue;
        write_all(port, answer, (size_t)snprintf(answer, sizeof answer, "A %s\n", id));
        if (!strcmp(id, last))
            continue;
        strcpy(last, id);
        command[decode(line + at, command)] = 0;
        run(port, id, seconds, (const char *)command);
    }
}

/* For those who measure, just before INIT is executed: nanoseconds of CLOCK_MONOTONIC, and of CPU time that PID 1 has had by
 * then (the kernel's own start-up and the stage). */
static void note_start(void)
{
    struct timespec t;
    char spent[128] = "0 ";
    int stat = open("/proc/self/schedstat", O_RDONLY | O_CLOEXEC);
    if (stat >= 0) {
        ssize_t n = read(stat, spent, sizeof spent - 1);
        spent[n > 0 ? n : 0] = 0;
        close(stat);
    }
    int fd = open("/run/rig/launched", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    clock_gettime(CLOCK_MONOTONIC, &t);
    dprintf(fd, "%ld %lld\n", t.tv_sec * 1000000000 + t.tv_nsec, atoll(spent));
    close(fd);
}

/* root: where commands run; what it is mounted on may move. */
static _Noreturn void become_server(const char *root)
{
    setsid();
    prctl(PR_SET_NAME, "rig-agent");
    for (int s = 1; s < NSIG; s++)
        signal(s, SIG_DFL);
    int null = open("/dev/null", O_RDWR);
    for (int fd = 0; null >= 0 && fd < 3; fd++)
        dup2(null, fd);
    int port = open("/dev/ttyS1", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (chroot(root) || chdir("/"))
        _exit(1);
    serve(port);
    _exit(0);
}

/* RIG_DELAY in the environment: seconds during which the channel stays asleep, so as not to be measured with the boot. */
static int launch(char **argv)
{
    const char *delay = getenv("RIG_DELAY");
    if (fork() == 0) {
        if (delay)
            sleep((unsigned)atoi(delay));
        become_server("/");
    }
    unsetenv("RIG_DELAY");
    note_start();
    execv(argv[0], argv);
    fprintf(stderr, "agent: %s: %s\n", argv[0], strerror(errno));
    for (;;)   /* PID 1 stays, so that the channel can be used to look around */
        pause();
}

/* The mark in its name is what keeps a switch of roots from ending it. */
static int serve_from_initramfs(char **argv)
{
    argv[0][0] = '@';
    if (fork() == 0)
        become_server(argv[2]);
    return 0;
}

/* ---- machine ---- */

static int call(int argc, char **argv)
{
    long seconds = 60;
    int i = 1;
    if (argc > 3 && !strcmp(argv[1], "-t")) {
        seconds = atol(argv[2]);
        i = 3;
    }
    if (i + 1 >= argc || strcmp(argv[i], "--"))
        return 2;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", argv[0]);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address)) {
        fprintf(stderr, "agent: %s: %s\n", argv[0], strerror(errno));
        return 125;
    }
    size_t length = strlen(argv[i + 1]), o;
    char id[24], *request = malloc(length * 2 + 128);
    snprintf(id, sizeof id, "%d-%ld", getpid(), now_ms() % 1000000);
    o = (size_t)sprintf(request, "\nR %s %ld ", id, seconds);
    o += encode((unsigned char *)argv[i + 1], length, request + o);
    request[o++] = '\n';
    alarm((unsigned)seconds + 15);
    char *line;
    static unsigned char data[LINE];
    struct pollfd quiet = {fd, POLLIN, 0};
    do {
        if (write_all(fd, request, o))
            return 125;
    } while (poll(&quiet, 1, 500) == 0);
    while ((line = read_line(fd))) {
        char stream, seen[24];
        int at = 0;
        if (sscanf(line, "%c %20s %n", &stream, seen, &at) < 2 || strcmp(seen, id))
            continue;
        if (stream == 'E')
            return atoi(line + at);
        if (stream == '1' || stream == '2')
            write_all(stream - '0', (char *)data, decode(line + at, data));
    }
    fputs("agent: the machine has gone\n", stderr);
    return 125;
}

int main(int argc, char **argv)
{
    if (argc > 2 && !strcmp(argv[1], "launch"))
        return launch(argv + 2);
    if (argc == 3 && !strcmp(argv[1], "serve"))
        return serve_from_initramfs(argv);
    if (argc > 3 && !strcmp(argv[1], "call"))
        return call(argc - 2, argv + 2);
    fputs("usage: agent launch|serve|call\n", stderr);
    return 2;
}
