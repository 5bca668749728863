#!/usr/bin/env python3
"""Pluto's --workers: several processes on one port, and the one that looks after them.

workers.py [PLUTO]: the executable; without one it is built with the fx that FX names."""
import os
import signal
import socket
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

from operation import Place, Secrets, certificate_of, figure, is_refused, request, stops_well, two_listen, workers_of  # noqa: E402
from wire import PATIENCE, Cases, Client, Pluto, build, equal, free_port, true, wait_until  # noqa: E402

cases = Cases()


def pluto_serves(pluto):
    try:
        return pluto.ask(request()).status == 200
    except OSError:
        return False


@cases.case("--workers: all serve one port, one that dies is started again, figures are added up")
def _(place):
    port = free_port()
    pluto = place.pluto("--workers", "2", "--status", f"127.0.0.1:{port}")
    true(wait_until(lambda: figure(port, "pluto_workers") == 2), "no two workers")
    true(wait_until(lambda: pluto_serves(pluto)), "nobody serves")
    before = workers_of(pluto.process.pid)
    equal(len(before), 2, "processes")
    os.kill(min(before), signal.SIGKILL)
    true(wait_until(lambda: len(workers_of(pluto.process.pid)) == 2 and workers_of(pluto.process.pid) != before), "not started again")
    true(wait_until(lambda: figure(port, "pluto_workers") == 2), "the new one is not counted")
    for _ in range(20):
        true(wait_until(lambda: pluto_serves(pluto)), "nobody serves")
    true(wait_until(lambda: figure(port, 'pluto_answers_total{class="2xx"}') >= 10), "figures")
    log = stops_well(pluto)
    true("ended with status 137 and is started again" in log, log)
    true(pluto.access_log().count('"GET / HTTP/1.1" 200 4') >= 20, "lines of the workers")


@cases.case("--workers: who has read where Pluto serves is answered")
def _(place):
    for _ in range(5):
        pluto = place.pluto("--workers", "2")
        true(pluto_serves(pluto), "nobody serves")
        stops_well(pluto)


@cases.case("--workers: Ctrl-C, which all of them hear, lets answers finish")
def _(place):
    process = subprocess.Popen([place.executable, "--workers", "2", "0", place.site], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    port = int(process.stdout.readline().decode().rsplit(":", 1)[1].split("/")[0])
    true(wait_until(lambda: two_listen(process.pid, port)), "no workers")
    with Client(port) as busy:
        busy.send(request("/big.bin"))
        busy.socket.recv(1, socket.MSG_PEEK)
        os.killpg(process.pid, signal.SIGINT)
        true(wait_until(lambda: is_refused(port)), "somebody was let in")
        equal(len(busy.answer().body), 30_000_000, "bytes")
        busy.closed()
    said = process.communicate(timeout=PATIENCE)[1].decode()
    equal((process.returncode, said.count("Pluto has stopped")), (0, 3), said)


@cases.case("--workers: they end with their overseer, also when that is killed")
def _(place):
    pluto = place.pluto("--workers", "2")
    true(wait_until(lambda: len(workers_of(pluto.process.pid)) == 2 and pluto_serves(pluto)), "no workers")
    workers = workers_of(pluto.process.pid)
    pluto.process.kill()
    pluto.process.wait()
    true(wait_until(lambda: not any(os.path.exists(f"/proc/{worker}") for worker in workers)), "they live on")


@cases.case("SIGHUP: all workers read the certificate again")
def _(place):
    secrets = Secrets(place, "workers")
    pluto = place.pluto("--workers", "2", *secrets.options)
    true(wait_until(lambda: two_listen(pluto.process.pid, pluto.port)), "no workers")
    second = secrets.put("renewed_certificate", "renewed_key")
    pluto.process.send_signal(signal.SIGHUP)
    true(wait_until(lambda: secrets.log_says("have been read again", 2)), "not read again")
    for _ in range(20):
        equal(certificate_of(pluto), second, "the certificate")
    stops_well(pluto)


def totals(port):
    return [figure(port, name) for name in ["pluto_connections_total", 'pluto_answers_total{class="2xx"}', "pluto_sent_bytes_total"]]


@cases.case("a worker tells its figures when it is asked")
def _(place):
    worker = subprocess.Popen([place.executable, "--worker", str(free_port()), "0", place.site], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    for question in [7, 8]:
        worker.stdin.write(b"%d\n" % question)
        worker.stdin.flush()
        while not (line := worker.stdout.readline()).startswith(b"\0%d " % question):
            true(line.startswith(b"\0000 "), repr(line))  # unasked
        equal(len(line.split()), 10, "numbers")
    worker.communicate(timeout=PATIENCE)  # which ends its input
    equal(worker.returncode, 0, "status")


@cases.case("--workers: what a worker that is gone has done stays in the figures")
def _(place):
    port = free_port()
    pluto = place.pluto("--workers", "3", "--status", f"127.0.0.1:{port}")
    true(wait_until(lambda: figure(port, "pluto_workers") == 3), "no three workers")
    for asked in [10, 20, 30]:
        for _ in range(10):
            equal(pluto.ask(request()).body, b"home", "body")
        true(wait_until(lambda asked=asked: totals(port) == [asked, asked, 4 * asked]), f"figures: {totals(port)}")
    began = figure(port, "pluto_start_time_seconds")
    workers = workers_of(pluto.process.pid)
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    true(wait_until(lambda: not workers & workers_of(pluto.process.pid)), "they live on")
    equal((totals(port), figure(port, "pluto_connections")), ([30, 30, 120], 0), "figures")
    true(wait_until(lambda: pluto_serves(pluto)), "nobody serves")
    true(wait_until(lambda: figure(port, "pluto_workers") == 3), "not all are started again")
    equal((totals(port), figure(port, "pluto_start_time_seconds")), ([31, 31, 124], began), "figures")
    stops_well(pluto)


@cases.case("--workers: one that dies is started again, also when the program's file is gone")
def _(place):
    executable = place.path("moved")
    subprocess.run(["cp", place.executable, executable], check=True)  # copied here, another case's child could hold it open for writing
    pluto = Pluto(place.site, executable, "--workers", "2")
    os.unlink(executable)
    true(wait_until(lambda: two_listen(pluto.process.pid, pluto.port)), "no workers")
    os.kill(min(workers_of(pluto.process.pid)), signal.SIGKILL)
    true(wait_until(lambda: not two_listen(pluto.process.pid, pluto.port)), "it lives on")
    true(wait_until(lambda: two_listen(pluto.process.pid, pluto.port)), "not started again")
    stops_well(pluto)


@cases.case("--workers: one that is stopped does not keep the figures of the others back")
def _(place):
    port = free_port()
    pluto = place.pluto("--workers", "2", "--status", f"127.0.0.1:{port}")
    true(wait_until(lambda: two_listen(pluto.process.pid, pluto.port)), "no workers")
    stopped = min(workers_of(pluto.process.pid))
    os.kill(stopped, signal.SIGSTOP)
    equal(figure(port, "pluto_workers"), 2, "workers")
    os.kill(stopped, signal.SIGCONT)
    stops_well(pluto)


def main():
    with tempfile.TemporaryDirectory() as folder:
        place = Place(folder, sys.argv[1] if len(sys.argv) > 1 else build("examples/pluto/pluto.fx", folder))
        passed, failed = cases.run(place)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
