"""What every stage is made of: a test is a name and an action, run in its own temporary folder; an action that raises Failure failed."""

import difflib
import os
import signal
import subprocess
import tempfile
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

LONGEST_STORY = 60  # lines of one failure that are printed
WAITING_JOBS = 2  # how many tests that mostly wait run beside the others, where more than one runs at once


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


class Account(threading.local):
    """CPU seconds of the processes of the test that a thread runs."""
    seconds = 0.0


account = Account()


class Process(subprocess.Popen):
    """Adds what it, and the processes that it has waited for, used to the account."""

    def _try_wait(self, wait_flags):
        try:
            pid, status, usage = os.wait4(self.pid, wait_flags)
        except ChildProcessError:
            return self.pid, 0
        if pid == self.pid:
            account.seconds += usage.ru_utime + usage.ru_stime
        return pid, status


def run(command, cwd=None, env=None, stdin=b"", timeout=30):
    """Runs a command in a process group of its own, which is killed whole when the time (seconds) is over."""
    start = time.monotonic()
    try:
        process = Process([str(word) for word in command], cwd=cwd, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, start_new_session=True)
    except OSError as error:
        raise Failure(f"{command[0]} cannot be run: {error.strerror}") from None
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
        self.shared = None  # SharedThings, while tests run
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


class SharedThings:
    """What more than one test uses: the first that asks for it makes it."""

    def __init__(self, folder):
        self.folder, self.things, self.lock = folder, {}, threading.Lock()

    def get(self, name, make):
        """What make answered for this name, or the Failure that it raised. make takes a folder, which stays while tests run."""
        with self.lock:
            is_first = name not in self.things
            thing = self.things.setdefault(name, Future())
            folder = self.folder / str(len(self.things))
        if is_first:
            try:
                folder.mkdir()
                thing.set_result(make(folder))
            except BaseException as error:
                thing.set_exception(error)
        return thing.result()


class Test:
    """action takes the folder that the test may use; waits: most of its time it needs no processor; begins_late: it uses what another test of its
    stage makes."""

    def __init__(self, name, action, waits=False, begins_late=False):
        self.name, self.action, self.waits, self.begins_late = name, action, waits, begins_late


def failing(name, reason):
    """A test for what is wrong with the tests themselves."""
    def action(_folder):
        raise Failure(reason)
    return Test(name, action)


class Outcome:
    """Of one test. story: None when it passed, else why it failed; cpu and elapsed are seconds."""

    def __init__(self, test, story, cpu, elapsed):
        self.test, self.story, self.cpu, self.elapsed = test, story, cpu, elapsed


def run_test(test):
    start, account.seconds = time.monotonic(), 0.0
    with tempfile.TemporaryDirectory(prefix="fx-test-") as folder:
        try:
            test.action(Path(folder))
            story = None
        except Failure as failure:
            story = str(failure)
    return Outcome(test, story, account.seconds, time.monotonic() - start)


def print_failure(name, story):
    lines = story.rstrip().splitlines() or ["failed"]
    if len(lines) > LONGEST_STORY:
        lines = lines[:LONGEST_STORY] + [f"... {len(lines) - LONGEST_STORY} more lines"]
    print(f"FAIL {name}: {lines[0]}")
    for line in lines[1:]:
        print(f"    {line}")


def print_stage(stage, outcomes):
    """Failures in the order of their tests, and a summary; answers the number of failures."""
    failures = [outcome for outcome in outcomes if outcome.story is not None]
    for outcome in failures:
        print_failure(outcome.test.name, outcome.story)
    cpu = sum(outcome.cpu for outcome in outcomes)
    print(f"{stage}: {len(outcomes) - len(failures)} passed, {len(failures)} failed ({cpu:.1f} s of CPU time)", flush=True)
    return len(failures)


def start_tests(tests, workers, waiters):
    """A future for each test, in the order of the tests."""
    started = {}
    for place, test in sorted(enumerate(tests), key=lambda numbered: numbered[1].begins_late):
        started[place] = (waiters if test.waits else workers).submit(run_test, test)
    return [started[place] for place in range(len(tests))]


def run_stages(stages, jobs):
    """Runs the tests of (stage, tests) pairs, `jobs` at once; a stage begins while the one before ends, so that no processor is idle. Answers the
    outcomes and the number of failures."""
    everything, failed = [], 0
    with ThreadPoolExecutor(jobs) as workers, ThreadPoolExecutor(WAITING_JOBS) as waiters:
        started = [(stage, start_tests(tests, workers, waiters if jobs > 1 else workers)) for stage, tests in stages]
        try:
            for stage, futures in started:
                outcomes = [future.result() for future in futures]
                failed += print_stage(stage, outcomes)
                everything += outcomes
        except BaseException:  # an interrupt, or a mistake of the runner's own: what has not begun does not begin
            workers.shutdown(wait=False, cancel_futures=True)
            waiters.shutdown(wait=False, cancel_futures=True)
            raise
    return everything, failed


def write_times(path, outcomes):
    """What each test took, longest first: CPU seconds, seconds, name."""
    longest_first = sorted(outcomes, key=lambda outcome: -outcome.cpu)
    path.write_text("".join(f"{outcome.cpu:8.2f} {outcome.elapsed:8.2f} {outcome.test.name}\n" for outcome in longest_first))
