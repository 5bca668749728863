"""The stage walk: every program of tests/run that waits, again and again under sanitizers: cancelled at its n-th step, with its n-th allocation
failing (FX_CANCEL_STEP and FX_FAIL_ALLOCATION, docs/runtime.md), and, when it has to do with the world, with the n-th of each system call failing
(tests/walk/failing_calls.c), for n from 1 on. The programs in C of tests/runtime walk likewise (walk.h there).

Whatever n is, the program neither crashes nor hangs, and leaves nothing (FX_CHECK) unless it ended by a fault; when it was cancelled, what it
said was opened has been closed once. Of a program with more than POINTS steps, the first ones, the last ones and some between are taken. With
--walk N all up to N, then each a hundredth further than the one before: a program that allocates 400 000 times is walked over too."""

import re
from collections import Counter

from .harness import Failure, Test, text_of
from .native import run_native
from .programs import STATUS_OF_SANITIZER, Program, build_variant, calls_system, is_walked, shared_failing_calls

POINTS = {"cancel": 20, "memory": 10, "calls": 1}  # of each program, or of each system call that it makes; `make walk` takes all
LAST_POINTS = 100
NATIVE_POINTS = 2  # FX_WALK of tests/runtime
TIME_LIMIT, NATIVE_LIMIT = 200, 36000
STATUS_CANCELLED, STATUS_TERMINATED, STATUS_FAULT = 130, 143, 70
PATIENCE = ["timeout", "--preserve-status", "--signal=TERM", "--kill-after=10", "3"]  # before a program is told to end
OPENED = re.compile(r"^(open|close) (.*)$", re.MULTILINE)


def choose(count, limit):
    """All of 1 to count, or `limit` of them: half of them the first, a quarter the last, the others spread over the rest; or the one in the middle."""
    if count <= limit:
        return list(range(1, count + 1))
    if limit == 1:
        return [(count + 1) // 2]
    first, last = limit // 2, limit // 4
    between = count - first - last
    spread = [first + 1 + between * i // (limit - first - last) for i in range(limit - first - last)]
    return [*range(1, first + 1), *spread, *range(count - last + 1, count + 1)]


def choose_most(count, dense):
    """All of 1 to `dense`, then each a hundredth further, and the last ones."""
    chosen, point = [], 1
    while point <= count:
        chosen.append(point)
        point += 1 if point < dense else 1 + point // 100
    return sorted({*chosen, *range(max(1, count - LAST_POINTS), count + 1)})


def run_once(program, executable, folder, wrapper=(), **variables):
    program.variables.update(FX_CHECK="1", **variables)
    finished = program.run(executable, folder, TIME_LIMIT, wrapper)
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


def check_call_failed(program, finished, what):
    """A program may wait for ever for a peer that it has itself told of the failure: then SIGTERM ends it, and nothing is left."""
    if finished.status != STATUS_TERMINATED:
        check_failed(program, finished, what)


def check_failed(program, finished, what):
    if finished.timed_out or finished.status not in (STATUS_FAULT, program.status) or b"Sanitizer" in finished.err:
        raise Failure(f"{what}: {finished.describe()}\n{text_of(finished.out[-2000:] + finished.err)}")


# kind: (what is counted, the variable, what happens to the program, the check)
WALKS = {
    "cancel": (r"(\d+) (steps)\b", "FX_CANCEL_STEP", "cancelled at step", check_cancelled),
    "memory": (r"(\d+) (allocations)\b", "FX_FAIL_ALLOCATION", "without memory at allocation", check_failed),
    "calls": (r"(\d+) calls of (\w+)\b", "FX_FAIL_CALL", "with a failure of system call", check_call_failed),
}


def find_points(context, kind, said):
    """What the variable is set to: numbers, or NAME:number where each name has a count of its own."""
    counts = re.findall(WALKS[kind][0], said)
    if not counts:
        raise Failure(f"it does not say how many points there are\n{said}")
    chosen = [(name, point) for count, name in counts for point in (choose_most(int(count), context.walk) if context.walk else choose(int(count), POINTS[kind]))]
    return [f"{name}:{point}" if kind == "calls" else str(point) for name, point in chosen]


def walk_kind(context, program, executable, kind, folder):
    _, variable, what, check = WALKS[kind]
    for point in find_points(context, kind, text_of(run_once(program, executable, folder, FX_COUNT="1").err)):
        wrapper = PATIENCE if kind == "calls" else ()
        check(program, run_once(program, executable, folder, wrapper, **{variable: point}), f"{what} {point}")


def walk(context, source, folder):
    program = Program(context, source)
    executable = build_variant(context, program, "sanitize", folder)
    program.variables["ASAN_OPTIONS"] = f"exitcode={STATUS_OF_SANITIZER}:detect_stack_use_after_return=0:detect_leaks=0"
    for kind in WALKS if calls_system(source) else ("cancel", "memory"):
        walk_kind(context, program, executable, kind, folder)


def walk_native(context, source, folder):
    sanitizers = f"exitcode={STATUS_OF_SANITIZER}:detect_stack_use_after_return=0"
    run_native(context, "runtime", source, [], folder, shared_failing_calls(context), NATIVE_LIMIT,
               FX_WALK=str(context.walk or NATIVE_POINTS), ASAN_OPTIONS=sanitizers, UBSAN_OPTIONS=f"exitcode={STATUS_OF_SANITIZER}")


def find_walks(context):
    tests = [Test(f"walk/{source.stem}", lambda folder, source=source: walk_native(context, source, folder), waits=True)
             for source in sorted(context.tests("runtime").glob("test_*.c"))]
    for source in sorted(context.tests("run").glob("*.fx")):
        if is_walked(context, source):
            tests.append(Test(f"walk/{source.stem}", lambda folder, source=source: walk(context, source, folder), waits=calls_system(source)))
    return tests
