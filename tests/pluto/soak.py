#!/usr/bin/env python3
"""Pluto under mixed load for a while: clients that reset, dawdle, send nonsense and bodies; files that change; 256 descriptors.

soak.py [PLUTO [SECONDS]]. Every answer that a well-behaved client gets is right; at the end nothing is left and memory has not grown."""
import os
import random
import resource
import socket
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True

from wire import Pluto, Wrong, build, wait_until  # noqa: E402

SIZES = [0, 1, 1000, 10_000, 100_000, 400_000]
RESET = b"\x01\x00\x00\x00\x00\x00\x00\x00"


def page(index, version):
    """A file that says what it is: each line bears its version."""
    line = f"{index} {version}\n".encode()
    return line * (SIZES[index % len(SIZES)] // len(line))


class Load:
    def __init__(self, pluto, site):
        self.pluto, self.site = pluto, site
        self.lock, self.counts, self.wrong = threading.Lock(), {}, []
        self.over = threading.Event()

    def count(self, what):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + 1

    def fail(self, problem):
        with self.lock:
            self.wrong.append(problem)

    def check(self, answer, index):
        """A page is of one version, whole; one that changed while it was sent was cut off, which the client sees."""
        lines = set(answer.body.splitlines())
        if answer.status not in (200, 503) or answer.status == 200 and len(lines) > 1:
            self.fail(f"page {index}: {answer.status}, {len(lines)} versions")

    def good(self, chance):
        with self.pluto.client(timeout=30) as client:
            for _ in range(chance.randrange(1, 20)):
                index = chance.randrange(60)
                client.send(f"GET /{index}.txt HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                try:
                    answer = client.answer()
                except Wrong:
                    self.count("cut off")
                    return
                if answer is None:
                    return
                self.check(answer, index)
                self.count("pages")
                if answer.field("Connection") == "close":
                    return

    def resets(self, chance):
        with self.pluto.client() as client:
            client.send(f"GET /{chance.randrange(60)}.txt HTTP/1.1\r\nHost: x\r\n\r\n".encode() * chance.randrange(1, 5))
            if chance.random() < 0.7:
                client.socket.recv(chance.randrange(1, 5000))
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self.count("resets")

    def dawdles(self, chance):
        with self.pluto.client() as client:
            client.send(b"GET /5.txt HTTP/1.1\r\nHo"[:chance.randrange(1, 24)])
            time.sleep(chance.random())
        self.count("dawdlers")

    def nonsense(self, chance):
        with self.pluto.client(timeout=30) as client:
            client.send(chance.choice([b"\x00\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET /../x HTTP/1.1\r\nHost: x\r\n\r\n", b"x" * 20_000]))
            try:
                if client.answer().status < 400:
                    self.fail("nonsense was accepted")
            except (Wrong, AttributeError):
                pass
        self.count("nonsense")

    def bodies(self, chance):
        body = os.urandom(chance.randrange(100_000))
        with self.pluto.client(timeout=30) as client:
            client.send(f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body + b"GET /2.txt HTTP/1.1\r\nHost: x\r\n\r\n")
            statuses = client.answer().status, client.answer().status
            if statuses != (405, 200):
                self.fail(f"after a body: {statuses}")
        self.count("bodies")

    def work(self, seed):
        chance = random.Random(seed)
        while not self.over.is_set():
            try:
                chance.choice([self.good, self.good, self.good, self.resets, self.dawdles, self.nonsense, self.bodies])(chance)
            except (OSError, Wrong) as problem:
                # A client that waited behind 256 descriptors may have been too slow itself.
                self.count(f"gave up: {type(problem).__name__}")

    def change_files(self):
        chance, version = random.Random(0), 1
        while not self.over.wait(0.05):
            index, version = chance.randrange(60), version + 1
            path = os.path.join(self.site, f"{index}.txt")
            with open(path + "~", "wb") as file:
                file.write(page(index, version))
            os.replace(path + "~", path)
            self.count("changes")


def memory(pluto):
    with open(f"/proc/{pluto.process.pid}/status", encoding="utf-8") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def few_descriptors():
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))


def main():
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 600
    with tempfile.TemporaryDirectory() as folder:
        site = os.path.join(folder, "site")
        os.makedirs(site)
        for index in range(60):
            with open(os.path.join(site, f"{index}.txt"), "wb") as file:
                file.write(page(index, 1))
        executable = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1] else build("examples/pluto/pluto.fx", folder)
        pluto = Pluto(site, executable, "--access-log", os.path.join(folder, "access.log"), "--header-time", "5", limit=few_descriptors)
        load = Load(pluto, site)
        threads = [threading.Thread(target=load.work, args=(seed,)) for seed in range(24)] + [threading.Thread(target=load.change_files)]
        for thread in threads:
            thread.start()
        time.sleep(seconds / 5)
        warm = memory(pluto)
        time.sleep(seconds * 4 / 5)
        load.over.set()
        for thread in threads:
            thread.join()
        late = memory(pluto)
        if not wait_until(lambda: pluto.descriptors() < 20, 10):
            load.fail(f"{pluto.descriptors()} descriptors are open")
        status, log = pluto.stop()
        if status != 0 or "fault" in log or "left at the end" in log or " error " in log:
            load.fail(f"status {status}\n{log[-2000:]}")
        if late > warm * 1.5 + 20_000:
            load.fail(f"memory has grown from {warm} to {late} KiB")
    print(", ".join(f"{count} {what}" for what, count in sorted(load.counts.items())) + f"; {warm} KiB early, {late} KiB late")
    for problem in load.wrong[:20]:
        print(f"failed: {problem}")
    return 1 if load.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
