#!/usr/bin/env python3
"""Pluto as an operator sees it: options, logs, limits, an orderly stop, status, TLS.

operation.py [PLUTO]: the executable; without one it is built with the fx that FX names."""
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from wire import PATIENCE, ROOT, Cases, Client, Pluto, build, equal, free_port, true, wait_until  # noqa: E402

cases = Cases()
SECRETS = os.path.join(ROOT, "tests/pluto/localhost")
SEALED = ["--certificate", f"{SECRETS}/certificate.pem", "--key", f"{SECRETS}/key.pem"]


def request(target="/", fields=""):
    return f"GET {target} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n".encode()


class Place:
    """The executable and a site; each case runs a Pluto of its own."""

    def __init__(self, folder, executable):
        self.folder, self.executable, self.site = folder, executable, os.path.join(folder, "site")
        os.makedirs(self.site)
        for name, data in {"index.html": b"home", "big.bin": b"x" * 30_000_000}.items():
            with open(os.path.join(self.site, name), "wb") as file:
                file.write(data)

    def pluto(self, *options, **how):
        return Pluto(self.site, self.executable, *options, **how)

    def path(self, name):
        return os.path.join(self.folder, name)


def stops_well(pluto):
    status, log = pluto.stop()
    equal(status, 0, f"status; the log: {log[-1000:]}")
    true("fault" not in log and "left at the end" not in log, log[-1000:])
    return log


# ---- options ----

@cases.case("--help")
def _(place):
    run = subprocess.run([place.executable, "--help"], capture_output=True, text=True, timeout=PATIENCE)
    equal((run.returncode, run.stderr), (0, ""), "outcome")
    true(run.stdout.startswith("Usage: pluto [OPTION]... PORT FOLDER\n"), run.stdout[:100])
    for name in ["--listing", "--access-log", "--workers", "--certificate"]:
        true(name in run.stdout, name)


@cases.case("what is wrong with an option is said")
def _(place):
    for options, text in [(["--header-time", "x"], "--header-time: x is not a number of seconds"), (["--cache", "x"], "--cache: x is not a pattern"),
                          (["--write-time", "0"], "a whole one from 1 to"), (["--target-size", "10T"], "--target-size: 10T is not a size"),
                          (["--workers", "0"], "--workers: 0 is not a number from 1"), (["--health", "up"], "--health: up is not a path"),
                          (["--status", "a:b"], "--status: a:b is not an address"), (["--access-log", ""], "--access-log: the name of the file is empty"),
                          (["--status", "here"], "--status: here is not an address"), (["--nonsense"], "no option --nonsense"),
                          (["--listng"], "did you mean --listing"), (["--key", "k"], "--certificate and --key go together"),
                          (["--certificate", "none.pem", "--key", "none.pem"], "the certificate cannot be used")]:
        run = subprocess.run([place.executable, *options, "0", place.site], capture_output=True, text=True, timeout=PATIENCE)
        equal((run.returncode, run.stdout, text in run.stderr), (2, "", True), f"{options}: {run.stderr}")


@cases.case("what cannot be had is said at once")
def _(place):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        for arguments, text in [([port, place.site], f"port {port}: the address is in use: another program listens there"),
                                (["--workers", "2", port, place.site], f"port {port}: the address is in use"),
                                (["--status", f"127.0.0.1:{port}", "0", place.site], f"port {port} of 127.0.0.1: the address is in use"),
                                (["--access-log", "/nowhere/access.log", "0", place.site], "the access log /nowhere/access.log: no such file or directory"),
                                (["--error-log", "/nowhere/error.log", "0", place.site], "the error log /nowhere/error.log: no such file or directory"),
                                (["--workers", "2", "--access-log", "/nowhere/access.log", "0", place.site], "could not begin")]:
            run = subprocess.run([place.executable, *arguments], capture_output=True, text=True, timeout=10)
            equal((run.returncode, text in run.stderr), (1, True), f"{arguments}: {run.stderr}")
    run = subprocess.run([place.executable, "0", place.path("nowhere")], capture_output=True, text=True, timeout=10)
    equal((run.returncode, run.stderr), (2, f"pluto: the folder {place.path('nowhere')}: no such file or directory\n"), "no folder")


@cases.case("with --address, the address that it tells is that one")
def _(place):
    pluto = place.pluto("--address", "127.0.0.1")
    equal(pluto.origin, f"http://127.0.0.1:{pluto.port}/", "origin")
    stops_well(pluto)


# ---- logs ----

@cases.case("the access log in combined format")
def _(place):
    pluto = place.pluto()
    pluto.ask(request("/", "Referer: http://a/\"b\r\nUser-Agent: test \\ 1\r\n"))
    pluto.ask(b"nonsense\r\n\r\n")
    stops_well(pluto)
    lines = pluto.access_log().splitlines()
    true(re.fullmatch(r'127\.0\.0\.1 - - \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000\] "GET / HTTP/1\.1" 200 4 "http://a/\\"b" "test \\\\ 1"', lines[0]), lines[0])
    true(re.fullmatch(r'127\.0\.0\.1 - - \[.*\] "-" 400 \d+ "-" "-"', lines[1]), lines[1])


@cases.case("no log can be told more than what was asked: quotes, tabs and what terminals obey are escaped")
def _(place):
    agent = b"a\"b\\c\td\xc2\x9b31m\xff"
    hostile = b"GET /%0a%1b?\"x HTTP/1.1\r\nHost: localhost\r\nUser-Agent: " + agent + b"\r\nReferer: \" 200 1 \"\r\n\r\n"
    lines = []
    for options in [[], ["--json"]]:
        pluto = place.pluto(*options)
        pluto.ask(hostile)
        pluto.ask(b"GET /\x1b[2J HTTP/1.1\r\nHost: x\r\n\r\n")
        stops_well(pluto)
        lines += [line.decode("utf-8") for line in pluto.said]
    equal(len(lines), 4, "lines")
    true(re.search(r'"GET /%0a%1b\?\\"x HTTP/1\.1" 404 \d+ "\\" 200 1 \\"" "a\\"b\\\\c\\x09d\\xc2\\x9b31m\\xff"\n$', lines[0]), lines[0])
    true(re.search(r'\] "-" 400 \d+ "-" "-"\n$', lines[1]), lines[1])
    line = json.loads(lines[2])
    equal((line["target"], line["referer"], line["agent"]), ('/%0a%1b?"x', '" 200 1 "', "a\"b\\c\td\u009b31m\ufffd"), "line")
    equal(json.loads(lines[3])["status"], 400, "what is no request")


@cases.case("the access log as JSON, in a file")
def _(place):
    path = place.path("access.json")
    pluto = place.pluto("--json", "--access-log", path)
    pluto.ask(request("/?q=\"", "User-Agent: test\r\n"))
    stops_well(pluto)
    with open(path, encoding="utf-8") as file:
        line = json.loads(file.read())
    equal({name: line[name] for name in ["method", "target", "version", "status", "bytes", "agent"]},
          {"method": "GET", "target": "/?q=\"", "version": "1.1", "status": 200, "bytes": 4, "agent": "test"}, "line")
    equal(pluto.access_log(), "", "standard output")


@cases.case("the access log as JSON tells how long answers took, those from the disk too")
def _(place):
    pluto = place.pluto("--json")
    equal(len(pluto.ask(request("/big.bin")).body), 30_000_000, "bytes")
    stops_well(pluto)
    true(json.loads(pluto.access_log())["microseconds"] > 0, pluto.access_log())


@cases.case("the error log says what the disk does not give")
def _(place):
    pluto = Pluto("/proc/self", place.executable)  # whose mem nobody can read from its beginning
    answer = pluto.ask(request("/mem"))
    equal(answer.status, 500, "status")
    log = stops_well(pluto)
    true(re.search(r"error /proc/\d+/mem: .+", log), log)


@cases.case("logs are renamed, SIGHUP")
def _(place):
    access, errors = place.path("access.log"), place.path("error.log")
    pluto = place.pluto("--access-log", access, "--error-log", errors)
    pluto.ask(request("/"))
    true(wait_until(lambda: os.path.getsize(access) > 0), "no line")
    os.rename(access, access + ".1")
    os.rename(errors, errors + ".1")
    pluto.ask(request("/gone"))
    pluto.process.send_signal(signal.SIGHUP)
    true(wait_until(lambda: os.path.exists(access)), "no access log after SIGHUP")
    equal(stops_well(pluto), "", "standard error")
    for path, text in [(access, "/gone"), (access + ".1", '"GET / '), (errors, "stopped"), (errors + ".1", "starting")]:
        with open(path, encoding="utf-8") as file:
            true(text in file.read(), f"no {text} in {path}")


@cases.case("a log that cannot be written for a while: it is said once, and how many lines are lost")
def _(place):
    folder, access, errors = place.path("logs"), place.path("logs/access.log"), place.path("full.error.log")
    os.makedirs(folder)
    pluto = place.pluto("--access-log", access, "--error-log", errors)

    def log():
        with open(errors, encoding="utf-8") as file:
            return file.read()

    shutil.move(folder, folder + ".gone")
    for _ in range(3):
        pluto.ask(request("/lost"))
        pluto.process.send_signal(signal.SIGHUP)
        true(wait_until(lambda: "lines are lost until it can be written again" in log()), "nothing is said")
    shutil.move(folder + ".gone", folder)
    pluto.ask(request("/last"))
    true(wait_until(lambda: "is written again; lost lines: " in log()), log())
    stops_well(pluto)
    with open(access, encoding="utf-8") as file:
        written = len(file.readlines())
    equal(written + int(re.search(r"lost lines: (\d+)", log()).group(1)), 4, "lines written and lost")
    equal(log().count("lines are lost until"), 1, log())


@cases.case("a full disk: lines are lost and told of, answers go on")
def _(place):
    errors = place.path("disk.error.log")
    pluto = place.pluto("--access-log", "/dev/full", "--error-log", errors)
    for _ in range(3):
        equal(pluto.ask(request()).status, 200, "status")
        pluto.process.send_signal(signal.SIGHUP)
    equal(stops_well(pluto), "", "standard error")
    with open(errors, encoding="utf-8") as file:
        equal(file.read().count("the access log /dev/full: no space left on the device; lines are lost"), 1, "the error log")
    pluto = place.pluto("--error-log", "/dev/full")
    equal(pluto.ask(request()).status, 200, "status")
    true("Pluto has stopped" in stops_well(pluto), "what the error log does not take is on standard error")


@cases.case("standard output that nobody reads any more")
def _(place):
    process = subprocess.Popen([place.executable, "0", place.site], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    port = int(process.stdout.readline().decode().rsplit(":", 1)[1].split("/")[0])
    process.stdout.close()
    for _ in range(3):
        equal(ask(port, "/").status, 200, "status")
    process.terminate()
    equal((process.wait(PATIENCE), b"fault" in process.stderr.read()), (0, False), "end")
    process.stderr.close()


@cases.case("--access-log off")
def _(place):
    pluto = place.pluto("--access-log", "off")
    pluto.ask(request("/"))
    stops_well(pluto)
    equal(pluto.access_log(), "", "standard output")


# ---- limits ----

@cases.case("--header-time, --idle-time: what is too slow is closed")
def _(place):
    pluto = place.pluto("--header-time", "3", "--idle-time", "3")
    with pluto.client() as idle:
        idle.send(request())
        equal(idle.answer().status, 200, "status")
        with pluto.client() as half, pluto.client() as mute:
            half.send(b"GET / HT")
            equal(half.answer().status, 408, "status")
            mute.closed()
        idle.closed()
    stops_well(pluto)


@cases.case("--write-time: a client that takes nothing is given up, and one that sends no body")
def _(place):
    pluto = place.pluto("--write-time", "1")
    with pluto.client() as client, pluto.client() as sender:
        for each in (client, sender):
            each.send(request())
            equal(each.answer().status, 200, "status")
        before = pluto.descriptors()
        client.send(request("/big.bin"))
        client.socket.recv(1, socket.MSG_PEEK)
        true(wait_until(lambda: pluto.descriptors() < before), "it is not given up")
        sender.send(request("/", "Content-Length: 10\r\n") + b"x")
        equal(sender.answer().status, 408, "status")
        received = 0
        while data := client.socket.recv(1 << 20):
            received += len(data)
        true(received < 30_000_000, f"{received} bytes came")
    stops_well(pluto)
    true(any("big.bin" in line for line in pluto.access_log().splitlines()), "no line for it")


@cases.case("--write-time and TLS: the access log tells what was sent by then, to 64 KiB")
def _(place):
    pluto = place.pluto("--write-time", "1", *SEALED)
    trust = ssl.create_default_context(cafile=f"{SECRETS}/certificate.pem")
    with pluto.client() as client:
        client.socket = trust.wrap_socket(client.socket, server_hostname="localhost")
        client.send(request())
        client.answer()
        before = pluto.descriptors()
        client.send(request("/big.bin"))
        true(wait_until(lambda: pluto.descriptors() < before), "it is not given up")
        while client.more():
            pass
        received = len(client.buffer.split(b"\r\n\r\n", 1)[1])
    stops_well(pluto)
    sent = int(re.search(r'"GET /big.bin HTTP/1.1" 200 (\d+) ', pluto.access_log()).group(1))
    true(0 < sent <= received < sent + 65_536, f"{sent} bytes in the log, {received} came")


@cases.case("--target-size, --header-size, --body-size")
def _(place):
    pluto = place.pluto("--target-size", "100", "--header-size", "1K", "--body-size", "10")
    for data, status in [(request("/" + "a" * 99), 404), (request("/" + "a" * 100), 414), (request("/", "X: " + "a" * 900 + "\r\n"), 200),
                         (request("/", "X: " + "a" * 1024 + "\r\n"), 431), (request("/", "Content-Length: 10\r\n") + b"0123456789", 200),
                         (request("/", "Content-Length: 11\r\n"), 413)]:
        equal(pluto.ask(data).status, status, repr(data[:40]))
    stops_well(pluto)


@cases.case("--connections: the next waits until one has gone")
def _(place):
    pluto = place.pluto("--connections", "2")
    with pluto.client() as one, pluto.client() as two:
        for client in (one, two):
            client.send(request())
            equal(client.answer().status, 200, "status")
        with pluto.client() as three:
            three.send(request())
            three.socket.settimeout(0.3)
            try:
                true(three.socket.recv(1) == b"", "it was served")
            except socket.timeout:
                pass
            one.socket.close()
            three.socket.settimeout(PATIENCE)
            equal(three.answer().status, 200, "status")
    stops_well(pluto)


@cases.case("2 000 slow clients do not slow a quick one")
def _(place):
    pluto = place.pluto()
    slow = []
    try:
        for index in range(2000):
            slow.append(Client(pluto.port))
            slow[-1].send(b"GET / HTTP/1.1\r\nHo" if index % 2 else request())
        for _ in range(50):
            equal(pluto.ask(request()).body, b"home", "body")
    finally:
        for client in slow:
            client.socket.close()
    stops_well(pluto)


# ---- the end ----

def is_refused(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
        return False
    except ConnectionRefusedError:
        return True


@cases.case("SIGTERM: answers finish, idle connections close, nobody new is let in")
def _(place):
    pluto = place.pluto()
    with pluto.client() as busy, pluto.client() as idle:
        idle.send(request())
        equal(idle.answer().status, 200, "status")
        busy.send(request("/big.bin"))
        busy.socket.recv(1, socket.MSG_PEEK)
        pluto.process.send_signal(signal.SIGTERM)
        idle.closed()
        true(wait_until(lambda: is_refused(pluto.port)), "somebody was let in")
        answer = busy.answer()
        equal(len(answer.body), 30_000_000, "bytes")
        busy.closed()
    equal(pluto.process.wait(PATIENCE), 0, "status")
    stops_well(pluto)


@cases.case("SIGTERM: requests that have not come as a whole are not waited for")
def _(place):
    pluto = place.pluto("--header-time", "100", "--idle-time", "100", "--write-time", "100", "--stop-time", "100")
    with pluto.client() as mute, pluto.client() as half, pluto.client() as second, pluto.client() as body:
        mute.send(b"\r\n")
        half.send(b"GET / HTTP/1.1\r\nHo")
        second.send(request() + b"GET /big.bin HT")
        equal(second.answer().status, 200, "status")
        body.send(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nx")
        pluto.ask(request())
        pluto.process.send_signal(signal.SIGTERM)
        for client in (mute, half, second):
            client.closed()
        answer = body.answer()
        equal((answer.status, answer.field("Connection")), (405, "close"), "of the body nobody wants to hear more")
        body.closed()
        body.socket.close()
        equal(pluto.process.wait(10), 0, "status")
    true("cut off" not in stops_well(pluto), "nobody was cut off")


@cases.case("SIGTERM twice: it is not waited for anybody")
def _(place):
    pluto = place.pluto("--stop-time", "1000")
    with pluto.client() as stuck:
        stuck.send(request("/big.bin"))
        stuck.socket.recv(1, socket.MSG_PEEK)
        pluto.process.send_signal(signal.SIGTERM)
        true(wait_until(lambda: is_refused(pluto.port)), "it does not stop")
        pluto.process.send_signal(signal.SIGTERM)
        equal(pluto.process.wait(PATIENCE), 143, "status")
    pluto.stop()


@cases.case("SIGTERM: --stop-time is the longest it takes")
def _(place):
    pluto = place.pluto("--stop-time", "1")
    with pluto.client() as stuck:
        stuck.send(request("/big.bin"))
        stuck.socket.recv(1, socket.MSG_PEEK)
        pluto.process.send_signal(signal.SIGTERM)
        equal(pluto.process.wait(PATIENCE), 0, "status")
    true("1 connection is cut off" in stops_well(pluto), "the log says so")
    line = re.search(r'"GET /big.bin HTTP/1.1" 200 (\d+) ', pluto.access_log())
    true(line and 0 < int(line.group(1)) < 30_000_000, f"what was sent of it: {pluto.access_log()}")


@cases.case("SIGTERM: what was cut off of a short answer has its line, too")
def _(place):
    path = place.path("site/short.txt")
    with open(path, "wb") as file:
        file.write(b"x" * 60_000)
    pluto = place.pluto("--stop-time", "1")
    with pluto.client() as stuck:
        stuck.send(request("/short.txt") * 1000)  # more than the system holds
        stuck.socket.recv(1, socket.MSG_PEEK)
        true(wait_until(lambda: pluto.access_log().count("short.txt") == waiting_lines(pluto)), "it goes on")
        pluto.process.send_signal(signal.SIGTERM)
        equal(pluto.process.wait(PATIENCE), 0, "status")
    stops_well(pluto)
    true(pluto.access_log().splitlines()[-1].split(" ")[8:10] == ["200", "0"], pluto.access_log().splitlines()[-1])


def waiting_lines(pluto):
    """How many lines there are when no more have come for a while."""
    before = pluto.access_log().count("short.txt")
    time.sleep(0.3)
    return before if before and before == pluto.access_log().count("short.txt") else -1


@cases.case("--drain-time and --health: it serves on while the health path says 503")
def _(place):
    pluto = place.pluto("--drain-time", "8", "--health", "/healthz")
    healthy = pluto.ask(request("/healthz"))
    equal((healthy.status, healthy.body), (200, b"ok\n"), "before")
    equal(pluto.ask(request("http://localhost/healthz?x")).body, b"ok\n", "in absolute form")
    equal(pluto.ask(request("/healthz").replace(b"GET", b"POST")).status, 405, "another method")
    pluto.process.send_signal(signal.SIGTERM)
    true(wait_until(lambda: pluto.ask(request("/healthz")).status == 503), "not 503")
    answer = pluto.ask(request())
    equal((answer.status, answer.field("Connection")), (200, "close"), "a page meanwhile")
    equal(pluto.process.wait(PATIENCE), 0, "status")
    stops_well(pluto)


# ---- status ----

def ask(port, target):
    with Client(port) as client:
        client.send(request(target))
        return client.answer()


def figure(port, name):
    return int(re.search(rf"^{re.escape(name)} (\d+)$", ask(port, "/metrics").body.decode(), re.MULTILINE).group(1))


@cases.case("--status: a page and Prometheus's figures")
def _(place):
    port = free_port()
    pluto = place.pluto("--status", f"127.0.0.1:{port}")
    with pluto.client() as client:
        for target in ["/", "/", "/gone"]:
            client.send(request(target))
            client.answer()
        equal([figure(port, name) for name in ["pluto_connections", "pluto_connections_total", 'pluto_answers_total{class="2xx"}', 'pluto_answers_total{class="4xx"}']],
              [1, 1, 2, 1], "figures")
        equal(ask(port, "/status").field("Content-Type"), "text/html; charset=utf-8", "type")
        equal(ask(port, "/other").status, 404, "status")
        for line in ask(port, "/metrics").body.decode().splitlines():
            true(re.fullmatch(r"# (HELP|TYPE) \w+ .*|\w+(\{\w+=\"\w+\"\})? \d+", line), line)
        with Client(port) as asking:
            asking.send(b"POST /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
            equal(asking.answer().status, 405, "POST")
        with Client(port) as asking:
            asking.send(b"nonsense\r\n\r\n")
            equal(asking.answer().status, 400, "nonsense")
        equal(pluto.ask(request("/metrics")).status, 404, "the site's own port tells nothing")
    stops_well(pluto)


# ---- sockets, users, TLS ----

TAKE_SOCKET = """
import os, sys
descriptor = int(sys.argv[1])
os.dup2(descriptor, 3)
if descriptor != 3:
    os.close(descriptor)
os.execve(sys.argv[2], sys.argv[2:], {**os.environ, "LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())})
"""


def start_with_socket(place, listener, *options):
    """As systemd does: the listening socket is descriptor 3."""
    return subprocess.Popen([sys.executable, "-c", TAKE_SOCKET, str(listener.fileno()), place.executable, *options, "0", place.site],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, pass_fds=[listener.fileno()])


@cases.case("socket activation: LISTEN_FDS")
def _(place):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        alone = start_with_socket(place, listener, "--workers", "2")
        true("cannot share the socket" in alone.communicate(timeout=10)[1].decode() and alone.returncode == 1, "workers")
        process = start_with_socket(place, listener)
    try:
        true(f":{port}/" in process.stdout.readline().decode(), "another port")
        equal(ask(port, "/").body, b"home", "body")
    finally:
        process.terminate()
        process.communicate(timeout=10)
    equal(process.returncode, 0, "status")


@cases.case("--user")
def _(place):
    if os.geteuid() != 0:
        return  # only root can become somebody else
    os.chmod(place.folder, 0o755)
    pluto = place.pluto("--user", "nobody", "--access-log", "off")
    equal(pluto.ask(request()).body, b"home", "body")
    with open(f"/proc/{pluto.process.pid}/status", encoding="utf-8") as status:
        said = status.read()
    for name in ["Uid", "Gid", "Groups"]:
        true("0" not in re.search(rf"^{name}:(.*)$", said, re.MULTILINE).group(1).split(), f"it is root still: {said}")
    stops_well(pluto)
    run = subprocess.run([place.executable, "--user", "no-such-user", "0", place.site], capture_output=True, text=True, timeout=PATIENCE)
    equal((run.returncode, run.stderr), (1, "pluto: --user: there is no user no-such-user\n"), "another user")
    os.chmod(place.folder, 0o700)
    run = subprocess.run([place.executable, "--user", "nobody", "0", place.site], capture_output=True, text=True, timeout=10)
    os.chmod(place.folder, 0o755)
    equal((run.returncode, run.stderr), (1, f"pluto: the folder {place.site}: permission denied\n"), "a folder that it may not enter")


@cases.case("--certificate and --key: TLS")
def _(place):
    pluto = place.pluto(*SEALED)
    trust = ssl.create_default_context(cafile=f"{SECRETS}/certificate.pem")
    with Client(pluto.port) as client:
        client.socket = trust.wrap_socket(client.socket, server_hostname="localhost")
        true(client.socket.version() in ("TLSv1.2", "TLSv1.3"), client.socket.version())
        client.send(request() + request("/gone"))
        equal((client.answer().body, client.answer().status), (b"home", 404), "two answers")
        client.send(request("/big.bin", "Range: bytes=100-20000099\r\n"))
        answer = client.answer()
        equal((answer.status, len(answer.body)), (206, 20_000_000), "a large part")
        client.send(request("/", "Connection: close\r\n"))
        equal(client.answer().body, b"home", "the last")
        client.closed()
    with Client(pluto.port) as client:
        client.send(request())
        while client.more():
            pass
        true(not client.buffer.startswith(b"HTTP"), "an answer without TLS")
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    try:
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        with Client(pluto.port) as client:
            old.wrap_socket(client.socket, server_hostname="localhost")
        true(False, "TLS 1.1 was spoken")
    except (ssl.SSLError, ConnectionError, ValueError):
        pass
    stops_well(pluto)


@cases.case("TLS: who greets with half a greeting, or not at all, is closed")
def _(place):
    pluto = place.pluto(*SEALED, "--idle-time", "1")
    with Client(pluto.port) as mute, Client(pluto.port) as half:
        half.send(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
        half.closed()
        mute.closed()
    stops_well(pluto)


@cases.case("TLS: noise is closed, a stranger goes away, the end of the last answer is told")
def _(place):
    pluto = place.pluto(*SEALED)
    strict = ssl.create_default_context()
    trust = ssl.create_default_context(cafile=f"{SECRETS}/certificate.pem")
    with Client(pluto.port) as noise, Client(pluto.port) as stranger, Client(pluto.port) as good:
        noise.send(bytes(range(256)) * 10)
        while noise.more():
            pass
        true(not noise.buffer.startswith(b"HTTP"), "an answer to noise")
        try:
            strict.wrap_socket(stranger.socket, server_hostname="localhost")
            true(False, "a certificate that nobody vouches for was taken")
        except ssl.SSLError:
            pass
        good.socket = trust.wrap_socket(good.socket, server_hostname="localhost", suppress_ragged_eofs=False)
        good.send(request("/", "Connection: close\r\n"))
        equal(good.answer().body, b"home", "body")
        good.closed()  # it would fail without close_notify
    stops_well(pluto)


@cases.case("--address: IPv6, with and without IPv4; one that is none")
def _(place):
    if not socket.has_ipv6 or not is_there("::1"):
        return  # a machine without it
    for address, origin, others in [("::1", "http://[::1]:", False), ("[::1]", "http://[::1]:", False), ("::", "http://localhost:", True)]:
        pluto = place.pluto("--address", address, "--status", "[::1]:0")
        true(pluto.origin.startswith(origin), pluto.origin)
        with socket.create_connection(("::1", pluto.port), timeout=PATIENCE) as client:
            client.sendall(request("/", "Connection: close\r\n"))
            true(client.recv(12) == b"HTTP/1.1 200", "by IPv6")
        equal(is_refused(pluto.port), not others, "by IPv4")
        true("Figures are at http://[::1]:" in stops_well(pluto), "where the figures are")
        true(pluto.access_log().startswith("::1 - - ["), pluto.access_log())
    run = subprocess.run([place.executable, "--address", "ff02::1", "0", place.site], capture_output=True, text=True, timeout=PATIENCE)
    equal((run.returncode, "port 0 of ff02::1: " in run.stderr), (1, True), run.stderr)


def is_there(address):
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind((address, 0))
        return True
    except OSError:
        return False


def certificate_of(pluto):
    with Client(pluto.port) as client:
        trust = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        client.socket = trust.wrap_socket(client.socket)
        client.send(request())
        equal(client.answer().body, b"home", "body")
        return ssl.DER_cert_to_PEM_cert(client.socket.getpeercert(True))


class Secrets:
    """A certificate and a key that are renewed."""

    def __init__(self, place, name):
        self.certificate, self.key, self.log = (place.path(f"{name}.{end}") for end in ["certificate.pem", "key.pem", "log"])
        self.options = ["--certificate", self.certificate, "--key", self.key, "--error-log", self.log]
        self.put("certificate", "key")

    def put(self, certificate, key):
        """Puts these files of `localhost` there; answers the certificate."""
        shutil.copy(f"{SECRETS}/{key}.pem", self.key)
        shutil.copy(f"{SECRETS}/{certificate}.pem", self.certificate)
        with open(self.certificate, encoding="utf-8") as file:
            return file.read()

    def log_says(self, text, times=1):
        with open(self.log, encoding="utf-8") as file:
            return file.read().count(text) >= times


@cases.case("SIGHUP: a folder that is a symbolic link is looked up again, and its pages with it")
def _(place):
    link, log = place.path("current"), place.path("current.log")
    for release in ["one", "two"]:
        os.makedirs(place.path(release))
        for name in ["index.html", "only-" + release]:
            with open(place.path(f"{release}/{name}"), "w", encoding="utf-8") as file:
                file.write(release)

    def switch(to):
        os.symlink(to, link + ".new")
        os.rename(link + ".new", link)

    def told(text):
        with open(log, encoding="utf-8") as file:
            return text in file.read()

    switch("one")
    pluto = Pluto(link, place.executable, "--error-log", log, "--listing")
    equal((pluto.get("/").body, pluto.get("/only-two").status), (b"one", 404), "before")
    switch("two")
    pluto.process.send_signal(signal.SIGHUP)
    true(wait_until(lambda: told("/two is served from now on")), "not looked up again")
    equal([(pluto.get(target).status, pluto.get(target).body) for target in ["/", "/only-two"]], [(200, b"two"), (200, b"two")], "afterwards")
    equal(pluto.get("/only-one").status, 404, "a page of before")
    os.unlink(place.path("two/index.html"))
    true(wait_until(lambda: b"only-two" in pluto.get("/").body), "the list")
    os.unlink(link)
    pluto.process.send_signal(signal.SIGHUP)
    true(wait_until(lambda: told("/two is still served")), "the log does not say that the folder is not there")
    equal(pluto.get("/only-two").body, b"two", "nevertheless")
    stops_well(pluto)


@cases.case("SIGHUP: the certificate and its key are read again, and bad ones are not used")
def _(place):
    secrets = Secrets(place, "renewed")
    first = secrets.put("certificate", "key")
    pluto = place.pluto(*secrets.options)
    trust = ssl.create_default_context(cafile=f"{SECRETS}/certificate.pem")
    with Client(pluto.port) as old:
        old.socket = trust.wrap_socket(old.socket, server_hostname="localhost")
        old.send(request())
        equal(old.answer().body, b"home", "body")
        equal(certificate_of(pluto), first, "the certificate")
        second = secrets.put("renewed_certificate", "renewed_key")
        pluto.process.send_signal(signal.SIGHUP)
        true(wait_until(lambda: secrets.log_says("have been read again")), "not read again")
        equal(certificate_of(pluto), second, "the certificate")
        old.send(request())
        equal(old.answer().body, b"home", "an open connection keeps its own")
    for certificate, key, problem in [("certificate", "renewed_key", "key.pem: the key cannot be used: it is not that of the certificate"),
                                      ("key", "key", "certificate.pem: the certificate cannot be used: the file holds none in the PEM format"),
                                      ("certificate", "sealed_key", "key.pem: the key cannot be used: it is sealed with a pass phrase")]:
        secrets.put(certificate, key)
        pluto.process.send_signal(signal.SIGHUP)
        true(wait_until(lambda: secrets.log_says(problem)), f"the log does not say: {problem}")
        equal(certificate_of(pluto), second, "the certificate")
    equal(stops_well(pluto), "", "standard error")


def listens(process, port):
    """Whether it has opened the port, which it does when all else is ready."""
    try:
        inodes = {os.readlink(f"/proc/{process}/fd/{number}") for number in os.listdir(f"/proc/{process}/fd")}
    except OSError:
        return False  # it has just ended
    with open("/proc/net/tcp", encoding="ascii") as sockets:
        rows = [line.split() for line in sockets][1:]
    return any(row[1].endswith(f":{port:04X}") and row[3] == "0A" and f"socket:[{row[9]}]" in inodes for row in rows)


def workers_of(overseer):
    """The processes whose parent it is."""
    found = set()
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/stat", encoding="utf-8") as stat:
                if int(stat.read().rsplit(")", 1)[1].split()[1]) == overseer:
                    found.add(int(process))
        except OSError:
            pass  # it has just ended
    return found


def two_listen(overseer, port):
    return sum(listens(worker, port) for worker in workers_of(overseer)) == 2


def catches_hangup(process):
    """Whether SIGHUP does not end it."""
    with open(f"/proc/{process}/status", encoding="utf-8") as status:
        caught = re.search(r"^SigCgt:\s+(\w+)", status.read(), re.MULTILINE).group(1)
    return int(caught, 16) >> (signal.SIGHUP - 1) & 1


@cases.case("SIGHUP: from the first moment on it is no end")
def _(place):
    for options in [[], ["--workers", "3"]]:
        process = subprocess.Popen([place.executable, *options, "0", place.site], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        true(wait_until(lambda process=process: catches_hangup(process.pid)), "SIGHUP ends it")
        process.send_signal(signal.SIGHUP)
        port = int(process.stdout.readline().rsplit(":", 1)[1].split("/")[0])
        process.send_signal(signal.SIGHUP)  # when workers are just being started
        true(wait_until(lambda port=port: answers(port)), "nobody serves")
        process.send_signal(signal.SIGHUP)
        process.terminate()
        said = process.communicate(timeout=PATIENCE)[1]
        equal((process.returncode, "ended with status" in said), (0, False), said)


def answers(port):
    try:
        return ask(port, "/").status == 200
    except OSError:
        return False


def main():
    with tempfile.TemporaryDirectory() as folder:
        place = Place(folder, sys.argv[1] if len(sys.argv) > 1 else build("examples/pluto/pluto.fx", folder))
        passed, failed = cases.run(place)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
