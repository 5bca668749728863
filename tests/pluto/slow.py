#!/usr/bin/env python3
"""Many slow clients and a quick one: the slow ones begin a request and send a byte of it each few seconds, for ever.

slow.py [PLUTO [COUNT]]: every request of the quick client is answered, and every slow one is told 408 and closed once --header-time is over. What
it costs is printed: the quick client's times without and with the slow ones, and the server's memory and CPU for each of them."""
import os
import re
import resource
import select
import socket
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from wire import Pluto, Wrong, build, equal, true, wait_until  # noqa: E402

INTERVAL = 5      # seconds between two bytes of a slow client
BEGINNING = b"GET / HTTP/1.1\r\nX: "


RESERVE = 200     # descriptors for all else


def allow_clients(count):
    """How many there can be, up to that: only root may raise the hard limit."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(hard, 2 * count + RESERVE),) * 2)
    except (OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    # Pluto keeps a quarter for itself.
    return min(count, (resource.getrlimit(resource.RLIMIT_NOFILE)[0] - RESERVE) * 3 // 4)


class SlowClients:
    """A process of their own, with as many connections. It writes a line once all have begun, and at the end one with what they were told."""

    def __init__(self, port, count):
        self.output, output = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            os.close(self.output)
            told = {}
            try:
                with os.fdopen(output, "w") as report:
                    run_slow_clients(port, count, report, told)
            finally:
                os._exit(0)
        os.close(output)
        self.report = os.fdopen(self.output)

    def wait(self):
        line = self.report.readline().strip()
        true(line, "the slow clients have failed")
        return line

    def end(self):
        self.report.close()
        os.waitpid(self.process, 0)


def run_slow_clients(port, count, report, told):
    poll, clients = select.epoll(), {}
    began = time.monotonic()
    for index in range(count):
        client = socket.create_connection(("127.0.0.1", port), 60)
        client.sendall(BEGINNING)
        client.setblocking(False)
        clients[client.fileno()] = (client, index)
        poll.register(client.fileno(), select.EPOLLIN)
    print(f"began {time.monotonic() - began:.2f}", file=report, flush=True)
    turn, turns = 0, 50
    while clients:
        # A byte is sent only to those who have been told nothing.
        for descriptor, _ in poll.poll(INTERVAL / turns):
            client, _ = clients.pop(descriptor)
            try:
                answer = client.recv(4096)[:12].decode("latin-1")
            except OSError as problem:
                answer = type(problem).__name__
            told[answer] = told.get(answer, 0) + 1
            poll.unregister(descriptor)
            client.close()
        for client, index in clients.values():
            if index % turns == turn:
                try:
                    client.send(b"x")
                except OSError:
                    pass  # the next look tells
        turn = (turn + 1) % turns
    print("; ".join(f"{count} {answer}" for answer, count in sorted(told.items())), file=report, flush=True)


def ask_quickly(pluto, kind, requests):
    """Milliseconds for each of many requests: on one connection that is kept, or on a fresh one each."""
    times = []
    with pluto.client(60) as kept:
        for index in range(requests):
            before = time.monotonic()
            if kind == "kept":
                kept.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                answer = kept.answer()
            else:
                with pluto.client(60) as client:
                    client.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                    answer = client.answer()
            times.append((time.monotonic() - before) * 1000)
            equal((answer.status, answer.body), (200, b"home"), f"request {index}")
            time.sleep(0.005)
    return sorted(times)


def print_times(what, kept, fresh):
    cells = "   ".join(f"{times[len(times) // 2]:.2f} / {times[len(times) * 99 // 100]:.2f}" for times in (kept, fresh))
    print(f"{what:32} {cells}")


def memory(pluto):
    with open(f"/proc/{pluto.process.pid}/smaps_rollup", encoding="utf-8") as smaps:
        return int(re.search(r"^Private_Dirty:\s+(\d+)", smaps.read(), re.MULTILINE).group(1)) * 1024


def cpu(pluto):
    """Seconds."""
    with open(f"/proc/{pluto.process.pid}/stat", encoding="utf-8") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ask_beside_slow_clients(pluto, count):
    requests = count // 20
    alone = ask_quickly(pluto, "kept", requests), ask_quickly(pluto, "fresh", requests)
    before = memory(pluto)
    clients = SlowClients(pluto.port, count)
    clients.wait()
    full = memory(pluto)
    used, began = cpu(pluto), time.monotonic()
    together = ask_quickly(pluto, "kept", requests), ask_quickly(pluto, "fresh", requests)
    used, took = cpu(pluto) - used, time.monotonic() - began
    print(f"{'milliseconds, p50 / p99':32} kept open   one connection each")
    print_times("alone", *alone)
    print_times(f"beside {count} slow clients", *together)
    print(f"{(full - before) / count:.0f} bytes for each slow client; {100 * used / took:.0f} % of a core for all requests")
    told = clients.wait()
    clients.end()
    equal(told, f"{count} HTTP/1.1 408", "what the slow clients were told")


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    allowed = allow_clients(count)
    if allowed < count:
        print(f"only {allowed} slow clients: ulimit -Hn allows no more")
        count = allowed
    with tempfile.TemporaryDirectory() as folder:
        site = os.path.join(folder, "site")
        os.makedirs(site)
        with open(os.path.join(site, "index.html"), "wb") as file:
            file.write(b"home")
        executable = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1] else build("examples/pluto/pluto.fx", folder)
        pluto = Pluto(site, executable, "--access-log", "off", "--connections", str(count + 100), "--header-time", str(max(5, count // 200)))
        try:
            ask_beside_slow_clients(pluto, count)
            true(wait_until(lambda: pluto.descriptors() < 20, 30), f"{pluto.descriptors()} descriptors are open")
        except Wrong as problem:
            print(f"failed: {problem}")
            return 1
        finally:
            status, log = pluto.stop()
        if status != 0 or "left at the end" in log or "fault" in log:
            print(f"failed: status {status}\n{log[-2000:]}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
