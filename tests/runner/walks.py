"""The stage walk: every program of tests/run that waits, again and again under sanitizers: cancelled at its n-th step, and with its n-th
allocation failing, for n from 1 on (FX_CANCEL_STEP and FX_FAIL_ALLOCATION, docs/runtime.md).

Whatever n is, the program neither crashes nor hangs; cancelled, it leaves nothing (FX_CHECK), and what it said was opened has been closed
once. Of a program with more than POINTS steps, the first ones, the last ones and some between are taken, unless --walk says how many."""

import re
from collections import Counter

from . import harness
from .harness import Failure, Test, text_of
from .programs import STATUS_OF_SANITIZER, Program, VARIANTS, is_program

WAITS = re.compile(r"\b(join|first|yield|and!|Task|Channel|Promise|Semaphore|sleep|map_par|iter_par|map_pool|iter_pool|Tcp|File|Process|Udp)\b")
POINTS = {"cancel": 80, "memory": 40}  # of each program
TIME_LIMIT = 20
STATUS_CANCELLED, STATUS_FAULT = 130, 70
COUNTED = re.compile(r"fx: (\d+) allocations, (\d+) steps\n")
OPENED = re.compile(r"^(open|close) (.*)$", re.MULTILINE)


def choose(count, limit):
    """All of 1 to count, or `limit` of them: half of them the first, a quarter the last, a quarter spread over the rest."""
    if count <= limit:
        return list(range(1, count + 1))
    first, last = limit // 2, limit // 4
    between = count - first - last
    spread = [first + 1 + between * i // (limit - first - last) for i in range(limit - first - last)]
    return [*range(1, first + 1), *spread, *range(count - last + 1, count + 1)]


def run_once(program, executable, folder, **variables):
    program.variables.update(FX_CHECK="1", **variables)
    finished = program.run(executable, folder, TIME_LIMIT)
    for name in variables:
        del program.variables[name]
    return finished


def check_balance(program, finished, what):
    """Of what the program says that it opens when nothing disturbs it."""
    opened = {name for word, name in OPENED.findall(text_of(program.read(".out", b""))) if word == "open"}
    said = Counter(OPENED.findall(text_of(finished.out)))
    for name in opened:
        if said["open", name] != said["close", name]:
            raise Failure(f"{what}: `{name}` opened {said['open', name]} times, closed {said['close', name]} times\n{text_of(finished.out)}")


def check_cancelled(program, finished, what):
    if finished.timed_out or finished.status not in (STATUS_CANCELLED, program.status):
        raise Failure(f"{what}: {finished.describe()}\n{text_of(finished.out + finished.err)}")
    if finished.err:
        raise Failure(f"{what} it says:\n{text_of(finished.err)}")
    check_balance(program, finished, what)


def check_failed(program, finished, what):
    if finished.timed_out or finished.status not in (STATUS_FAULT, program.status) or b"Sanitizer" in finished.err:
        raise Failure(f"{what}: {finished.describe()}\n{text_of(finished.out[-2000:] + finished.err)}")


WALKS = {
    "cancel": (1, "FX_CANCEL_STEP", "cancelled at step", check_cancelled),
    "memory": (0, "FX_FAIL_ALLOCATION", "without memory at allocation", check_failed),
}


def walk(context, source, kind, folder):
    program = Program(context, source)
    place, options, _ = VARIANTS["sanitize"]
    executable = program.build(folder, place, options)
    program.variables["ASAN_OPTIONS"] = f"exitcode={STATUS_OF_SANITIZER}:detect_stack_use_after_return=0:detect_leaks=0"
    counted = COUNTED.search(text_of(run_once(program, executable, folder, FX_COUNT="1").err))
    if not counted:
        raise Failure("it does not say how many steps it takes")
    which, variable, what, check = WALKS[kind]
    for point in choose(int(counted.groups()[which]), context.walk or POINTS[kind]):
        check(program, run_once(program, executable, folder, **{variable: str(point)}), f"{what} {point}")


def find_walks(context):
    tests = []
    for source in sorted(context.tests("run").glob("*.fx")):
        ends_well = not source.with_suffix(".status").exists() and not source.with_suffix(".no-valgrind").exists()
        if not is_program(source) or not ends_well or not WAITS.search(source.read_text()):
            continue
        for kind in WALKS:
            tests.append(Test(f"walk/{source.stem}:{kind}", lambda folder, source=source, kind=kind: walk(context, source, kind, folder)))
    return tests
