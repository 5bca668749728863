#!/usr/bin/env python3
"""Two Plutos behind HAProxy are restarted one after the other, again and again, under load: no request fails.

rolling.py [PLUTO [ROUNDS]]: HAProxy asks the health path; a Pluto that is to stop says 503 there and serves on for --drain-time."""
import csv
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading

sys.dont_write_bytecode = True

from wire import Pluto, Wrong, build, equal, free_port, true, wait_until  # noqa: E402

CONFIGURATION = """
global
    maxconn 1000
    stats socket {socket}
defaults
    mode http
    timeout connect 5s
    timeout client 60s
    timeout server 60s
    timeout check 20s
frontend site
    bind 127.0.0.1:{front}
    default_backend plutos
backend plutos
    balance roundrobin
    option httpchk GET /healthz
    server one 127.0.0.1:{one} check inter 200ms fall 1 rise 2
    server two 127.0.0.1:{two} check inter 200ms fall 1 rise 2
"""
PAGES = {"index.html": b"home", "long.bin": b"x" * 300_000}


class Load:
    """Clients that ask for pages through the front port, on connections that stay open and on fresh ones."""

    def __init__(self, port):
        self.port, self.over, self.lock = port, threading.Event(), threading.Lock()
        self.answers, self.failures = 0, []
        self.threads = [threading.Thread(target=self.work, args=(index,)) for index in range(12)]
        for thread in self.threads:
            thread.start()

    def work(self, index):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        while not self.over.wait(0.01):
            name = "long.bin" if index % 3 == 0 else "index.html"
            try:
                connection.request("GET", f"/{name}")
                answer = connection.getresponse()
                body = answer.read()
                true(answer.status == 200 and body == PAGES[name], f"status {answer.status}, {len(body)} bytes")
                with self.lock:
                    self.answers += 1
            except (OSError, http.client.HTTPException, Wrong) as problem:
                with self.lock:
                    self.failures.append(f"{type(problem).__name__}: {problem}")
                connection.close()
            if index % 2:
                connection.close()
        connection.close()

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join()


def ask_for(port, target):
    """The status, or None where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", target)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def is_up(proxy, name):
    """Whether HAProxy sends requests there."""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(proxy)
        asking.sendall(b"show stat\n")
        rows = csv.reader(asking.makefile())
        return any(row[:2] == ["plutos", name] and row[17] == "UP" for row in rows)


def restart(plutos, index, start, proxy):
    pluto, port = plutos[index], plutos[index].port
    pluto.process.send_signal(signal.SIGTERM)
    equal(pluto.process.wait(60), 0, "status")
    status, log = pluto.stop()
    true(status == 0 and "cut off" not in log and "left at the end" not in log, log)
    plutos[index] = start(port)
    true(wait_until(lambda: ask_for(port, "/healthz") == 200), "not healthy")
    true(wait_until(lambda: is_up(proxy, ["one", "two"][index])), "HAProxy does not see it")


def main():
    haproxy = shutil.which("haproxy", path=os.environ["PATH"] + ":/usr/sbin")
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        site = os.path.join(folder, "site")
        os.makedirs(site)
        for name, data in PAGES.items():
            with open(os.path.join(site, name), "wb") as file:
                file.write(data)
        executable = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1] else build("examples/pluto/pluto.fx", folder)

        def start(port):
            return Pluto(site, executable, "--health", "/healthz", "--drain-time", "2", "--access-log", "off", port=port)

        plutos, front, admin = [start(0), start(0)], free_port(), os.path.join(folder, "admin")
        with open(os.path.join(folder, "haproxy.cfg"), "w", encoding="utf-8") as file:
            file.write(CONFIGURATION.format(front=front, socket=admin, one=plutos[0].port, two=plutos[1].port))
        proxy = subprocess.Popen([haproxy, "-db", "-q", "-f", file.name], stderr=subprocess.DEVNULL)
        try:
            true(wait_until(lambda: ask_for(front, "/") == 200), "HAProxy does not serve")
            load = Load(front)
            try:
                for index in range(2 * rounds):
                    restart(plutos, index % 2, start, admin)
            finally:
                load.end()
        finally:
            proxy.terminate()
            proxy.wait()
            for pluto in plutos:
                pluto.stop()
    print(f"{2 * rounds} restarts, {load.answers} answers, {len(load.failures)} failures")
    for failure in load.failures[:20]:
        print(f"failed: {failure}")
    return 1 if load.failures else 0


if __name__ == "__main__":
    sys.exit(main())
