"""What every stage is made of: a test is a name and an action, run in its own temporary folder; an action that raises Failure failed."""

import difflib
import os
import signal
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

LONGEST_STORY = 60  # lines of one failure that are printed


class Failure(Exception):
    """Why a test failed, for a person to read."""


class Finished:
    """A process that ended (or was ended: timed_out). Its status is negative when a signal ended it, as in subprocess."""

    def __init__(self, status, out, err, seconds, timed_out):
        self.status, self.out, self.err, self.seconds, self.timed_out = status, out, err, seconds, timed_out

    def describe(self):
        if self.timed_out:
            return f"no end after {self.seconds:.0f} s"
        if self.status < 0:
            return f"ended by signal {signal.Signals(-self.status).name}"
        return f"exit status {self.status}"


def run(command, cwd=None, env=None, stdin=b"", timeout=30):
    """Runs a command in a process group of its own, which is killed whole when the time (seconds) is over."""
    start = time.monotonic()
    process = subprocess.Popen([str(word) for word in command], cwd=cwd, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, start_new_session=True)
    timed_out = False
    try:
        out, err = process.communicate(stdin, timeout=timeout)
    except subprocess.TimeoutExpired:
        timed_out = True
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
    return Finished(process.returncode, out, err, time.monotonic() - start, timed_out)


def text_of(raw):
    return raw.decode("utf-8", "backslashreplace")


def must_succeed(finished, what):
    if finished.timed_out or finished.status != 0:
        raise Failure(f"{what}: {finished.describe()}\n{text_of(finished.out + finished.err)}")


def compare(expected, actual, name):
    """Raises Failure with the difference, expected lines marked -, actual ones +."""
    if expected == actual:
        return
    lines = difflib.unified_diff(text_of(expected).splitlines(), text_of(actual).splitlines(), name, "what came", lineterm="", n=2)
    story = "\n".join(lines)
    raise Failure(story or f"{name}: differs only in line ends")


class Context:
    """What the tests are run with. root: the tree that is tested; build: its build folder; bless: write expectations anew."""

    def __init__(self, root, build, bless=False, mutations=None, jobs=None, walk=None, made=None):
        self.root = Path(root).resolve()
        self.build = Path(build).resolve()
        self.fx = self.build / "fx"
        self.bless = bless
        self.mutations = mutations
        self.walk = walk
        self.made = made
        self.jobs = jobs or os.cpu_count() or 2
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("FX_")}
        self.environment["LC_ALL"] = "C.UTF-8"

    def tests(self, *parts):
        return self.root.joinpath("tests", *parts)

    def environment_with(self, **more):
        return {**self.environment, **more}

    def expect(self, path, actual):
        """Compares with the expectation in a file, or writes it when blessing."""
        if self.bless:
            path.write_bytes(actual)
        elif not path.exists():
            raise Failure(f"no expectation: {path.relative_to(self.root)} (make bless ONLY=... writes it, for you to read)\n{text_of(actual)}")
        else:
            compare(path.read_bytes(), actual, str(path.relative_to(self.root)))


class Test:
    """action takes the folder that the test may use."""

    def __init__(self, name, action):
        self.name, self.action = name, action


def failing(name, reason):
    """A test for what is wrong with the tests themselves."""
    def action(_folder):
        raise Failure(reason)
    return Test(name, action)


def run_test(test):
    """None when it passed, else the story of its failure."""
    with tempfile.TemporaryDirectory(prefix="fx-test-") as folder:
        try:
            test.action(Path(folder))
            return None
        except Failure as failure:
            return str(failure)


def print_failure(name, story):
    lines = story.rstrip().splitlines() or ["failed"]
    if len(lines) > LONGEST_STORY:
        lines = lines[:LONGEST_STORY] + [f"... {len(lines) - LONGEST_STORY} more lines"]
    print(f"FAIL {name}: {lines[0]}")
    for line in lines[1:]:
        print(f"    {line}")


def run_stage(stage, tests, jobs):
    """Runs the tests, prints failures in the order of names and a summary; answers (passed, failed)."""
    start = time.monotonic()
    failed = 0
    with ThreadPoolExecutor(jobs) as pool:
        for test, story in zip(tests, pool.map(run_test, tests)):
            if story is not None:
                failed += 1
                print_failure(test.name, story)
    passed = len(tests) - failed
    print(f"{stage}: {passed} passed, {failed} failed ({time.monotonic() - start:.1f} s)", flush=True)
    return passed, failed
