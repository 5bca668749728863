"""Raw sockets, the answers they bring, and a Pluto to talk to."""
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PATIENCE = 60  # seconds that nothing takes, even on a machine that has much else to do
FX = os.environ.get("FX", os.path.join(ROOT, "build", "fx"))


class Wrong(Exception):
    """A case that did not come out as expected."""


def equal(seen, expected, what=""):
    if seen != expected:
        raise Wrong(f"{what or 'value'}: expected {expected!r}, got {seen!r}")


def true(condition, what):
    if not condition:
        raise Wrong(what)


class Answer:
    """Status line, header and body of one answer, read strictly."""

    def __init__(self, status, reason, fields, body):
        self.status, self.reason, self.fields, self.body = status, reason, fields, body

    def field(self, name):
        values = [value for field, value in self.fields if field.lower() == name.lower()]
        if len(values) > 1:
            raise Wrong(f"{name} is given {len(values)} times")
        return values[0] if values else None


class Client:
    """One connection."""

    def __init__(self, port, timeout=PATIENCE):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data, by_byte=False):
        if not by_byte:
            self.socket.sendall(data)
            return
        for index in range(len(data)):
            try:
                self.socket.sendall(data[index:index + 1])
            except OSError:
                return  # refused before the end: the answer tells

    def more(self):
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError:
            raise Wrong("the connection was reset") from None
        except socket.timeout:
            raise Wrong(f"no answer in time; so far {bytes(self.buffer)!r}") from None
        self.buffer += data
        return data != b""

    def answer(self, method="GET"):
        """The next answer; None when the server has closed before one began."""
        while b"\r\n\r\n" not in self.buffer:
            if not self.more():
                if self.buffer:
                    raise Wrong(f"closed in the middle of an answer: {bytes(self.buffer)!r}")
                return None
        head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split("\r\n")
        version, status, reason = lines[0].split(" ", 2)
        equal(version, "HTTP/1.1", "version")
        fields = []
        for line in lines[1:]:
            name, colon, value = line.partition(": ")
            true(colon and name and "\n" not in line and "\r" not in line, f"header field {line!r}")
            fields.append((name, value))
        found = Answer(int(status), reason, fields, b"")
        if method == "HEAD" or found.status in (204, 304) or found.status < 200:
            return found
        length = int(found.field("Content-Length"))
        while len(self.buffer) < length:
            if not self.more():
                raise Wrong(f"closed after {len(self.buffer)} of {length} bytes of the body")
        found.body, self.buffer = bytes(self.buffer[:length]), self.buffer[length:]
        return found

    def closed(self):
        """Waits until the server has closed; nothing more may come."""
        while self.more():
            pass
        equal(bytes(self.buffer), b"", "after the last answer")

    def is_open(self):
        self.socket.settimeout(0.2)
        try:
            return self.socket.recv(1, socket.MSG_PEEK) != b""
        except socket.timeout:
            return True
        finally:
            self.socket.settimeout(PATIENCE)


class Pluto:
    """The server under test, on a free port unless told which. What it says and its access log are in `said`, its error log in `log`."""

    def __init__(self, folder, executable, *options, environment=None, limit=None, port=0):
        self.log, self.said = tempfile.TemporaryFile(), []
        self.process = subprocess.Popen(
            [executable, *options, str(port), folder], stdout=subprocess.PIPE, stderr=self.log,
            preexec_fn=limit, env={**os.environ, "FX_CHECK": "1", **(environment or {})})
        line = self.process.stdout.readline().decode()
        if not line.startswith("Pluto serves "):
            self.process.kill()
            self.log.seek(0)
            raise SystemExit(f"pluto did not start: {line!r}\n{self.log.read().decode()}")
        self.origin = line.split(" at ")[1].strip()
        self.port = int(line.rsplit(":", 1)[1].split("/")[0])
        self.listener = threading.Thread(target=lambda: self.said.extend(self.process.stdout), daemon=True)
        self.listener.start()

    def client(self, timeout=PATIENCE):
        return Client(self.port, timeout)

    def ask(self, data, method="GET", by_byte=False):
        with self.client() as client:
            client.send(data, by_byte)
            return client.answer(method)

    def get(self, target):
        return self.ask(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode("latin-1"))

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def stop(self):
        """Ends it as an operator would; answers its status and what it logged."""
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = None
        self.listener.join(PATIENCE)
        self.log.seek(0)
        return status, self.log.read().decode("utf-8", "replace")

    def access_log(self):
        return b"".join(self.said).decode("utf-8", "replace")


def build(source, folder):
    """The executable of a program of the repository."""
    executable = os.path.join(folder, os.path.basename(source)[:-3])
    made = subprocess.run([FX, "build", os.path.join(ROOT, source), "-o", executable], capture_output=True, text=True)
    if made.returncode != 0:
        raise SystemExit(f"fx build {source} failed:\n{made.stdout}{made.stderr}")
    return executable


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cases:
    """Runs named cases, eight at once, and counts them."""

    def __init__(self):
        self.list = []

    def add(self, name, function):
        self.list.append((name, function))

    def case(self, name):
        def keep(function):
            self.add(name, function)
            return function
        return keep

    def run(self, *arguments):
        waiting, failures, lock = list(reversed(self.list)), [], threading.Lock()

        def work():
            while True:
                with lock:
                    if not waiting:
                        return
                    name, function = waiting.pop()
                try:
                    function(*arguments)
                except (Wrong, OSError, ValueError, TypeError, AttributeError) as problem:
                    with lock:
                        failures.append((name, f"{type(problem).__name__}: {problem}"))

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for name, problem in failures:
            print(f"failed: {name}\n    {problem}")
        return len(self.list) - len(failures), len(failures)


def wait_until(condition, seconds=PATIENCE):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()
