#!/usr/bin/python3
# The core of the smoke test: each generation checks a promise of init and then dies in another way. A failed check ends it with a
# traceback in /out/log and code 77; init then starts it again, and the next one, seeing the mark, ends the test.
import array, os, signal, socket, struct, sys, time, traceback, select, ctypes

EXITED, SIGNAL, KEPT, START_END, STORE_FAILED, REPLY = 1, 2, 3, 4, 5, 6
STORE, DROP, REAP, READY, LOG, LISTEN, CONNECT, EXEC, REEXEC = 16, 17, 18, 19, 20, 32, 33, 34, 35
HEADER = struct.Struct("=IIiiiiq")
link = socket.socket(fileno=3)
call = socket.socket(fileno=4)
log = open("/out/log", "a", buffering=1)


def say(text):
    log.write(text + "\n")


def send(sock, kind, a=0, b=0, c=0, d=0, e=0, payload=b"", fd=None, serial=0):
    data = HEADER.pack(kind, serial, a, b, c, d, e) + payload
    ancillary = [] if fd is None else [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [fd]))]
    sock.sendmsg([data], ancillary)


def receive(sock, timeout=5.0):
    sock.settimeout(timeout)
    data, ancillary, flags, _ = sock.recvmsg(70000, 64)
    assert data, "init closed the link"
    fd = None
    for level, kind, value in ancillary:
        fd = struct.unpack("i", value[:4])[0]
    kind, serial, a, b, c, d, e = HEADER.unpack(data[:HEADER.size])
    return dict(kind=kind, serial=serial, a=a, b=b, c=c, d=d, e=e, payload=data[HEADER.size:], fd=fd)


def ask(kind, **fields):
    ask.serial += 1
    send(call, kind, serial=ask.serial, **fields)
    reply = receive(call)
    assert reply["kind"] == REPLY and reply["serial"] == ask.serial, reply
    return reply


ask.serial = 0


def expect(kind, timeout=5.0, **fields):
    """The next message of this kind with these fields; exits of the tools the test runs are reaped on the way."""
    end = time.monotonic() + timeout
    while True:
        m = receive(link, max(end - time.monotonic(), 0.01))
        if m["kind"] == kind and all(m[k] == v for k, v in fields.items()):
            return m
        if m["kind"] == EXITED:
            send(link, REAP, m["a"])
        else:
            raise AssertionError("expected %s %s, got %s" % (kind, fields, m))


def nothing(timeout=0.2):
    try:
        m = receive(link, timeout)
    except (socket.timeout, BlockingIOError):
        return
    raise AssertionError("expected nothing, got %s" % m)


def orphan(code):
    """A process that ends with `code` as a child of PID 1; its PID."""
    r, w = os.pipe()
    middle = os.fork()
    if middle == 0:
        child = os.fork()
        if child == 0:
            time.sleep(0.05)
            os._exit(code)
        os.write(w, struct.pack("i", child))
        os._exit(0)
    os.waitpid(middle, 0)
    pid = struct.unpack("i", os.read(r, 4))[0]
    os.close(r), os.close(w)
    return pid


def state_of(pid):
    try:
        return open("/proc/%d/stat" % pid).read().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return None


def status_of(pid, key):
    for line in open("/proc/%d/status" % pid):
        if line.startswith(key + ":"):
            return line.split()[1]


def arm(seconds):
    libc = ctypes.CDLL(None, use_errno=True)
    value = struct.pack("qqqq", 0, 0, int(seconds), int(seconds % 1 * 1e9))
    assert libc.timerfd_settime(5, 0, value, None) == 0


def started():
    kept = {}
    while True:
        m = receive(link)
        if m["kind"] == START_END:
            return m, kept
        assert m["kind"] == KEPT, m
        kept[m["payload"].decode()] = m["fd"]


def first(info, kept):
    assert sys.argv[1:] == ["--system", "single"], sys.argv
    assert os.environb.get(b"KERNEL_WORD") == b"a\xffb", os.environb
    assert os.getppid() == 1 and open("/proc/1/comm").read() == "systemd\n"
    assert info["b"] == 0 and struct.unpack("i", info["payload"])[0] == 1, info
    assert set(kept) == {"executor"}, kept
    for path in "/proc", "/sys", "/run", "/dev/pts", "/dev/shm", "/sys/fs/cgroup":
        assert os.path.ismount(path), path
    assert os.path.isdir("/run/systemd/system")
    assert open("/proc/self/cgroup").read().endswith("0::/init.scope\n"), open("/proc/self/cgroup").read()
    mask = int(status_of(1, "SigBlk"), 16)
    assert mask & (1 << 16) and mask & (1 << 14) and not mask & (1 << 10), hex(mask)
    assert int(status_of(os.getpid(), "SigBlk"), 16) == mask and status_of(1, "Threads") == "2"
    caught = int(status_of(1, "SigCgt"), 16)
    assert not caught & (1 << 16), hex(caught)

    # An exit is told, the zombie stays, Reap removes it.
    pid = orphan(7)
    m = expect(EXITED, a=pid)
    assert (m["b"], m["c"]) == (1, 7), m
    assert state_of(pid) == "Z"
    nothing()
    send(link, REAP, pid)
    assert ask(99)["a"] == 38, "an unknown call is ENOSYS"
    deadline = time.monotonic() + 5
    while state_of(pid) is not None:
        assert time.monotonic() < deadline
    # A burst, none reaped: those come whose SIGCHLD was not merged into another's, each once.
    pids = {orphan(i) for i in range(40)}
    seen = set()
    while seen != pids:
        try:
            m = receive(link, 0.3)
        except socket.timeout:
            break
        assert m["kind"] == EXITED and m["a"] in pids - seen, m
        seen.add(m["a"])
    say("burst of 40: %d told before any was reaped" % len(seen))
    assert seen
    for pid in seen:
        send(link, REAP, pid)
    while seen != pids:   # reaping uncovers the rest
        m = receive(link)
        assert m["kind"] == EXITED and m["a"] in pids - seen, m
        seen.add(m["a"])
        send(link, REAP, m["a"])
    # More than may be under way: the rest comes as the first are reaped.
    pids = {orphan(i % 50) for i in range(150)}
    seen = set()
    while seen != pids:
        m = receive(link)
        assert m["kind"] == EXITED and m["a"] not in seen, m
        seen.add(m["a"])
        send(link, REAP, m["a"])

    # Signals wait for Ready.
    os.kill(1, signal.SIGUSR1)
    nothing()
    send(link, READY)
    m = expect(SIGNAL, a=signal.SIGUSR1)
    assert m["c"] == os.getpid() and m["d"] == 0, m
    for number in signal.SIGTERM, signal.SIGINT, signal.SIGHUP, 34 + 4, 34 + 13, 34 + 29:
        os.kill(1, number)
        expect(SIGNAL, a=int(number))

    # Sockets made by PID 1.
    reply = ask(LISTEN, a=socket.SOCK_STREAM, b=0o600, c=16, d=1, payload=b"/run/smoke.sock")
    assert reply["a"] == 0 and reply["fd"] is not None, reply
    assert os.stat("/run/smoke.sock").st_mode & 0o777 == 0o600
    client = socket.socket(socket.AF_UNIX)
    client.connect("/run/smoke.sock")
    assert struct.unpack("iii", client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0] == 1
    listener = socket.socket(fileno=reply["fd"])
    server, _ = listener.accept()
    reply = ask(CONNECT, a=socket.SOCK_STREAM, payload=b"/run/smoke.sock")
    listener.settimeout(5)
    server, _ = listener.accept()
    assert struct.unpack("iii", server.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0] == 1
    assert ask(CONNECT, a=socket.SOCK_STREAM, payload=b"/run/not-there")["a"] == 2
    reply = ask(LISTEN, a=socket.SOCK_DGRAM, b=0o777, payload=b"@smoke")
    assert reply["a"] == 0, reply
    os.close(reply["fd"])
    assert ask(EXEC, a=1, b=0, payload=b"/not/there\0x\0")["a"] == 2

    # Kept descriptors; one replaced, one dropped; a bad name refused.
    for name, text in (b"pipe:a", b"old"), (b"pipe:b", b"gone"), (b"pipe:a", b"kept"):
        r, w = os.pipe()
        os.write(w, text)
        os.close(w)
        send(link, STORE, payload=name, fd=r)
        os.close(r)
    send(link, DROP, payload=b"pipe:b")
    send(link, DROP, payload=b"never stored")
    send(link, STORE, payload=b"x" * 300, fd=0)
    assert expect(STORE_FAILED)["a"] == 22
    for i in range(300):
        send(link, STORE, payload=b"many:%d" % i, fd=0)
    # An exit that was told and not reaped, and a descriptor stored with the last breath.
    pid = orphan(9)
    expect(EXITED, a=pid)
    open("/out/unreaped", "w").write(str(pid))
    send(link, STORE, payload=b"last", fd=0)
    os.kill(os.getpid(), signal.SIGKILL)


def second(info, kept):
    assert info["c"] == 2 and info["d"] == 9 and info["b"] == 0, info
    assert set(kept) == {"executor", "pipe:a", "last"} | {"many:%d" % i for i in range(300)}, sorted(kept)
    assert os.read(kept["pipe:a"], 10) == b"kept"
    for i in range(300):
        send(link, DROP, payload=b"many:%d" % i)
    pid = int(open("/out/unreaped").read())
    m = expect(EXITED, a=pid)
    assert m["c"] == 9 and state_of(pid) == "Z", m
    send(link, READY)
    # A fault of init: it comes back as PID 1 with all it kept, and tells the zombie again.
    for fault in signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGSEGV:
        os.kill(1, fault)
        expect(EXITED, a=pid)
    assert open("/proc/1/comm").read() == "systemd\n"
    send(link, REAP, pid)
    os.kill(1, signal.SIGUSR2)
    expect(SIGNAL, a=signal.SIGUSR2)
    assert ask(REEXEC)["a"] == 0
    os.kill(1, signal.SIGUSR2)
    expect(SIGNAL, a=signal.SIGUSR2)
    # The executor's death brings a new one.
    children = [int(p) for p in open("/proc/1/task/1/children").read().split()]
    executor = [p for p in children if open("/proc/%d/cmdline" % p).read().startswith("sleep")]
    assert len(executor) == 1, children
    fds = len(os.listdir("/proc/1/fd"))
    os.kill(executor[0], signal.SIGKILL)
    m = receive(link)
    assert m["kind"] == KEPT and m["payload"] == b"executor" and m["fd"] is not None, m
    assert len(os.listdir("/proc/1/fd")) == fds
    names = sorted(int(n) for n in os.listdir("/proc/1/fd"))
    say("init's descriptors: %s" % names)
    assert len(names) == 15, names   # 0 1 2, the runtime's random source, four of the loop, 32 to 35, three kept
    os.kill(os.getpid(), signal.SIGSTOP)
    raise AssertionError("went on after SIGSTOP")


def third(info, kept):
    assert info["e"] & 4 and info["e"] & 1, info   # LastHung, InitRecovered
    assert set(kept) == {"executor", "pipe:a", "last"}, sorted(kept)
    send(link, READY)
    arm(0.2)
    while True:
        pass


def fourth(info, kept):
    assert info["e"] & 4 and info["d"] == 9, info
    send(link, READY)
    time.sleep(1.2)
    os._exit(0)   # a planned re-execution


def fifth(info, kept):
    assert info["c"] == 1 and info["d"] == 0 and info["b"] == 0, info
    cpu = open("/proc/1/schedstat").read().split()[2]
    time.sleep(1)
    assert open("/proc/1/schedstat").read().split()[2] == cpu, "init woke up while idle"
    memory = {l.split()[0]: l.split()[1] for l in open("/proc/1/smaps_rollup") if l.count(":") == 1 and "kB" in l}
    say("init: Pss %s kB, anonymous %s kB" % (memory["Pss:"], memory["Anonymous:"]))
    if os.path.exists("/usr/lib/sysmaster/shutdown"):
        open("/out/done", "w").write("passed, shutdown follows\n")
        words = [b"", b"/usr/lib/sysmaster/shutdown", b"/usr/lib/sysmaster/shutdown", b"poweroff", b"--timeout=2000000us", b"container=smoke"]
        send(call, EXEC, a=3, b=1, c=1, payload=b"".join(w + b"\0" for w in words))
    else:
        words = [b"", b"/bin/sh", b"sh", b"-c", b"ls -l /proc/self/fd; grep Sig /proc/self/status; echo passed >/out/done", b"PATH=/bin"]
        send(call, EXEC, a=3, b=1, payload=b"".join(w + b"\0" for w in words))
    time.sleep(20)
    raise AssertionError("still there after Exec")


try:
    if os.path.exists("/out/failed"):
        send(call, EXEC, a=3, payload=b"\0/bin/sh\0sh\0-c\0exit 1\0")
        time.sleep(5)
    info, kept = started()
    say("generation %d" % info["a"])
    {1: first, 2: second, 3: third, 4: fourth, 5: fifth}[info["a"]](info, kept)
except BaseException:
    traceback.print_exc(file=log)
    open("/out/failed", "w").write("x")
    os._exit(77)
