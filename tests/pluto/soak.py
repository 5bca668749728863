#!/usr/bin/env python3
"""Pluto under mixed load for a while: clients that reset, dawdle, come in crowds, send nonsense and bodies; files that are created, replaced,
cut, made longer and deleted while they are sent; 256 descriptors.

soak.py [PLUTO [SECONDS [OPTION...]]]. What a well-behaved client gets is right, the log has no error but of clients, memory does not grow, and at
the end nothing is left. With --certificate among the options the clients speak TLS."""
import os
import random
import re
import resource
import socket
import ssl
import statistics
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True

from wire import Client, Pluto, Wrong, build, wait_until  # noqa: E402

SIZES = [0, 1, 1000, 10_000, 100_000, 400_000]
PAGES, CUT, PASSING = 60, 10, 20
RESET = b"\x01\x00\x00\x00\x00\x00\x00\x00"
DESCRIPTORS = 256
# What the log may say.
PARDONED = re.compile(r"changed while it was sent: \S+ got only \d+ of \d+ bytes, and was cut off$")


def page(index, version):
    """A file that says what it is: each line bears its version."""
    line = f"{index} {version}\n".encode()
    return line * (SIZES[index % len(SIZES)] // len(line))


def get(name):
    return f"GET /{name} HTTP/1.1\r\nHost: x\r\n\r\n".encode()


class Load:
    def __init__(self, pluto, site, seals):
        self.pluto, self.site, self.trust = pluto, site, None
        self.lock, self.counts, self.wrong = threading.Lock(), {}, []
        self.over = threading.Event()
        if seals:
            self.trust = ssl.create_default_context()
            self.trust.check_hostname, self.trust.verify_mode = False, ssl.CERT_NONE

    def count(self, what):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + 1

    def fail(self, problem):
        with self.lock:
            self.wrong.append(problem)

    def client(self):
        client = Client(self.pluto.port, 60)
        if self.trust:
            try:
                client.socket = self.trust.wrap_socket(client.socket)
            except OSError:
                client.socket.close()
                raise
        return client

    # ---- what is right ----

    def check_page(self, answer, index):
        """A page that is replaced is of one version, whole."""
        lines = set(answer.body.splitlines())
        if answer.status not in (200, 503) or answer.status == 200 and len(lines) > 1:
            self.fail(f"page {index}: {answer.status}, {len(lines)} versions")

    def check_cut(self, answer, index):
        """A file that is cut and made longer in place has as many bytes as its head says, and no others than its own. Only the zeros that the
        system puts where it has cut can be seen, by who was being sent these bytes."""
        if answer.status not in (200, 503) or answer.status == 200 and answer.body.strip(b"x\0"):
            self.fail(f"cut file {index}: {answer.status}, {set(answer.body)}")
        if b"\0" in answer.body:
            self.count("files cut under way")

    def check_passing(self, answer, index):
        """A file that comes and goes is there as a whole, or not."""
        if answer.status not in (200, 404, 503) or answer.status == 200 and answer.body != page(index, index):
            self.fail(f"passing file {index}: {answer.status}, {len(answer.body)} bytes")

    def choose(self, chance):
        kind, count, check = chance.choice([("page", PAGES, self.check_page), ("page", PAGES, self.check_page), ("cut", CUT, self.check_cut),
                                            ("passing", PASSING, self.check_passing)])
        index = chance.randrange(count)
        return f"{kind}{index}.txt", index, check

    # ---- clients ----

    def good(self, chance):
        with self.client() as client:
            for _ in range(chance.randrange(1, 20)):
                name, index, check = self.choose(chance)
                client.send(get(name))
                try:
                    answer = client.answer()
                except Wrong:
                    self.count("cut off")
                    return
                if answer is None:
                    return
                check(answer, index)
                self.count(f"answers {answer.status}")
                if answer.field("Connection") == "close":
                    return

    def crowd(self, chance):
        """More clients than there are descriptors come at once, and all are served in their time."""
        clients = []
        try:
            for _ in range(chance.randrange(20, 120)):
                clients.append(Client(self.pluto.port, 60))
            if self.trust is None:
                for client in clients:
                    client.send(get("page1.txt").replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
                for client in clients:
                    self.check_page(client.answer(), 1)
        finally:
            for client in clients:
                client.socket.close()
        self.count("crowds")

    def resets(self, chance):
        with self.client() as client:
            client.send(get(self.choose(chance)[0]) * chance.randrange(1, 5))
            if chance.random() < 0.7:
                client.socket.recv(chance.randrange(1, 5000))
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self.count("resets")

    def dawdles(self, chance):
        """Begins a request, and leaves, or stays until it is told that this takes too long."""
        with self.client() as client:
            client.send(b"GET /page5.txt HTTP/1.1\r\nHo"[:chance.randrange(1, 28)])
            if chance.random() < 0.9:
                time.sleep(chance.random())
            elif (answer := client.answer()).status != 408:
                self.fail(f"a dawdler was told {answer.status}")
        self.count("dawdlers")

    def sips(self, chance):
        """Takes a long answer slowly, and leaves before its end."""
        with self.client() as client:
            client.send(get(f"page{chance.choice([5, 11, 17])}.txt") * 10)
            for _ in range(chance.randrange(20)):
                client.socket.recv(4096)
                time.sleep(0.05)
        self.count("sippers")

    def nonsense(self, chance):
        with self.client() as client:
            client.send(chance.choice([b"\x00\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET /../x HTTP/1.1\r\nHost: x\r\n\r\n", b"x" * 20_000]))
            try:
                if client.answer().status < 400:
                    self.fail("nonsense was accepted")
            except (Wrong, AttributeError):
                pass
        self.count("nonsense")

    def bodies(self, chance):
        body = os.urandom(chance.randrange(100_000))
        with self.client() as client:
            client.send(f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body + get("page2.txt"))
            statuses = client.answer().status, client.answer().status
            if statuses != (405, 200):
                self.fail(f"after a body: {statuses}")
        self.count("bodies")

    def work(self, seed):
        chance = random.Random(seed)
        kinds = [self.good] * 6 + [self.resets, self.resets, self.dawdles, self.sips, self.nonsense, self.bodies] * 2 + [self.crowd]
        while not self.over.wait(chance.random() * 0.2):
            try:
                chance.choice(kinds)(chance)
            except (OSError, Wrong, AttributeError) as problem:
                self.fail(f"a client gave up: {type(problem).__name__}: {problem}")

    # ---- files ----

    def path(self, name):
        return os.path.join(self.site, name)

    def replace(self, chance, version):
        index = chance.randrange(PAGES)
        with open(self.path(f"page{index}~"), "wb") as file:
            file.write(page(index, version))
        os.replace(self.path(f"page{index}~"), self.path(f"page{index}.txt"))
        self.count("files replaced")

    def cut(self, chance, _):
        path = self.path(f"cut{chance.randrange(CUT)}.txt")
        if chance.random() < 0.5:
            os.truncate(path, chance.randrange(os.path.getsize(path) + 1))
        elif os.path.getsize(path) < 2_000_000:
            with open(path, "ab") as file:
                file.write(b"x" * chance.randrange(300_000))
        self.count("files cut or made longer")

    def come_or_go(self, chance, _):
        index = chance.randrange(PASSING)
        path = self.path(f"passing{index}.txt")
        if os.path.exists(path):
            os.remove(path)
        else:
            with open(path + "~", "wb") as file:
                file.write(page(index, index))
            os.rename(path + "~", path)
        self.count("files created or deleted")

    def change_files(self):
        chance, version = random.Random(0), 1
        while not self.over.wait(0.03):
            version += 1
            chance.choice([self.replace, self.cut, self.come_or_go])(chance, version)


def write_site(load):
    os.makedirs(load.site)
    for index in range(PAGES):
        with open(load.path(f"page{index}.txt"), "wb") as file:
            file.write(page(index, 1))
    for index in range(CUT):
        with open(load.path(f"cut{index}.txt"), "wb") as file:
            file.write(b"x" * 300_000)


def memory(pluto):
    """In KiB."""
    with open(f"/proc/{pluto.process.pid}/status", encoding="utf-8") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def watch_memory(pluto, seconds):
    """What it was at each of a hundred moments."""
    seen = []
    for _ in range(100):
        time.sleep(seconds / 100)
        seen.append(memory(pluto))
    return seen


def few_descriptors():
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))


def check_end(load, pluto, seen):
    early, late = statistics.median(seen[20:40]), statistics.median(seen[80:])
    if late > early * 1.1 + 4000:
        load.fail(f"memory has grown from {early:.0f} to {late:.0f} KiB: {seen}")
    if not wait_until(lambda: pluto.descriptors() < 20, 30):
        load.fail(f"{pluto.descriptors()} descriptors are open")
    status, log = pluto.stop()
    lines = [line for line in log.splitlines() if " info " not in line]
    load.counts["warnings about changing files"] = len([line for line in lines if PARDONED.search(line)])
    if status != 0 or (bad := [line for line in lines if not PARDONED.search(line)]):
        load.fail(f"status {status}\n" + "\n".join(bad[:40]))
    return early, late


def main():
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 600
    options = sys.argv[3:]
    with tempfile.TemporaryDirectory() as folder:
        load = Load(None, os.path.join(folder, "site"), "--certificate" in options)
        write_site(load)
        executable = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1] else build("examples/pluto/pluto.fx", folder)
        load.pluto = pluto = Pluto(load.site, executable, "--access-log", os.path.join(folder, "access.log"), "--header-time", "2", *options, limit=few_descriptors)
        threads = [threading.Thread(target=load.work, args=(seed,)) for seed in range(24)] + [threading.Thread(target=load.change_files)]
        for thread in threads:
            thread.start()
        seen = watch_memory(pluto, seconds)
        load.over.set()
        for thread in threads:
            thread.join()
        early, late = check_end(load, pluto, seen)
    print(", ".join(f"{count} {what}" for what, count in sorted(load.counts.items())))
    print(f"memory: {early:.0f} KiB early, {late:.0f} KiB late, {max(seen)} KiB at most")
    for problem in load.wrong[:20]:
        print(f"failed: {problem}")
    return 1 if load.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
