"""Stages whose tests are programs that run: tests/run, and examples/ with what they must print.

An executable that another test takes too, the stage walk's or the replay's, is built once."""

import re
import shutil
from pathlib import Path

from . import harness
from .harness import Failure, Test, compare, failing, must_succeed, text_of

SANITIZE = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"]
# Limits are for what hangs, in seconds: nothing takes nearly so long, but on a machine that has much else to do.
RUN_LIMIT = 100
# variant: (the folder under build/ of the fx that builds, its options, the program's time limit in seconds). The fx with sanitizers builds
# with them.
VARIANTS = {
    "sanitize": ("sanitize", ["--debug", "--cc", "gcc -DFX_MALLOC"], 200),
    "clang": ("clang", ["--release", "--cc", "clang"], RUN_LIMIT),
    "valgrind": ("debug", ["--debug", "--cc", "gcc -DFX_MALLOC"], RUN_LIMIT),
}
VALGRIND = ["valgrind", "--quiet", "--child-silent-after-fork=yes", "--error-exitcode=99", "--leak-check=full", "--show-leak-kinds=definite,indirect,possible",
            "--errors-for-leak-kinds=definite,indirect,possible", "--max-stackframe=16777216",
            f"--suppressions={Path(__file__).with_name('valgrind.supp')}"]
UNKNOWN_CALL = re.compile(rb"^--\d+-- .*\n", re.MULTILINE)  # what valgrind says of a system call that it does not know
VALGRIND_LIMIT = 300  # seconds; a program that takes longer has a file NAME.no-valgrind
BUILD_LIMIT = 200
STATUS_OF_SANITIZER = "77"
EXPECTATIONS = (".out", ".err", ".status", ".in", ".args", ".env", ".files", ".no-valgrind", ".no-replay")


class Program:
    """A program and what it is to do. Beside NAME.fx: NAME.out (standard output), NAME.err (standard error; none: empty), NAME.status,
    NAME.in (standard input), NAME.args (a line each), NAME.env (NAME=VALUE lines), NAME.files/ (what its folder holds when it starts)."""

    def __init__(self, context, source):
        self.context, self.source = context, source
        self.stdin = self.read(".in", b"")
        self.arguments = text_of(self.read(".args", b"")).splitlines()
        self.status = int(self.read(".status", b"0"))
        self.variables = dict(line.split("=", 1) for line in text_of(self.read(".env", b"")).splitlines())

    def beside(self, suffix):
        return self.source.with_suffix(suffix)

    def read(self, suffix, otherwise):
        return self.beside(suffix).read_bytes() if self.beside(suffix).exists() else otherwise

    def build(self, folder, place=".", options=("--release",)):
        """The executable, by the fx of a folder under build/."""
        executable = folder / self.source.stem
        finished = harness.run([self.context.build / place / "fx", "build", *options, self.source.name, "-o", executable], cwd=self.source.parent,
                               env=self.context.environment_with(FX_VERIFY="1", ASAN_OPTIONS="detect_leaks=0"), timeout=BUILD_LIMIT)
        must_succeed(finished, f"fx build {' '.join(options)} {self.source.name}")
        return executable

    def run(self, executable, folder, limit, wrapper=(), before=()):
        place = folder / "place"
        shutil.rmtree(place, ignore_errors=True)
        if self.beside(".files").is_dir():
            shutil.copytree(self.beside(".files"), place, symlinks=True)
        else:
            place.mkdir()
        environment = self.context.environment_with(
            **{"FX_CHECK": "1", "ASAN_OPTIONS": f"exitcode={STATUS_OF_SANITIZER}:detect_stack_use_after_return=0",
               "UBSAN_OPTIONS": f"print_stacktrace=1:exitcode={STATUS_OF_SANITIZER}", **self.variables})
        return harness.run([*wrapper, executable, *before, *self.arguments], cwd=place, env=environment, stdin=self.stdin, timeout=limit)

    def verify(self, finished, error=None):
        """What it said and how it ended, against the expectations."""
        story = f"{finished.describe()}, expected status {self.status}"
        if finished.timed_out or finished.status != self.status:
            raise Failure(f"{story}\n{tail('out', finished.out)}{tail('err', finished.err)}")
        name = str(self.source.relative_to(self.context.root))
        compare(self.read(".out", b""), finished.out, name + ": standard output")
        compare(self.read(".err", b"") if error is None else error, finished.err, name + ": standard error")

    def bless(self, finished):
        self.beside(".out").write_bytes(finished.out)
        for suffix, content in ((".err", finished.err), (".status", b"%d\n" % finished.status if finished.status else b"")):
            if content:
                self.beside(suffix).write_bytes(content)
            else:
                self.beside(suffix).unlink(missing_ok=True)


# Programs whose world has something to record: those that wait, and draw on what differs from run to run.
OF_THE_WORLD = re.compile(r"^import (File|Tcp|Udp|Dns|Time|Task|Channel|Signal|Process|Random|Env)\b", re.MULTILINE)
# Programs that the stage walk cancels, and those whose system calls it lets fail.
WAITS = re.compile(r"\b(join|first|yield|and!|Task|Channel|Promise|Semaphore|sleep|map_par|iter_par|map_pool|iter_pool|Tcp|File|Process|Udp)\b")
CALLS_SYSTEM = re.compile(r"^import (File|Tcp|Udp|Process|Dns)\b", re.MULTILINE)
FAILING_CALL = re.compile(r"^(?:POINTER_CALL|CALL)\((?:struct )?\w+, (\w+),|^(?:CODE_CALL|COUNTER)\((\w+)", re.MULTILINE)


def has_valgrind(source):
    return not source.with_suffix(".no-valgrind").exists()


def is_replayed(source):
    return not source.with_suffix(".no-replay").exists() and OF_THE_WORLD.search(source.read_text(errors="replace"))


def is_walked(context, source):
    is_meant = source.parent == context.tests("run") and is_program(source)
    return is_meant and not source.with_suffix(".status").exists() and has_valgrind(source) and WAITS.search(source.read_text(errors="replace"))


def calls_system(source):
    return bool(CALLS_SYSTEM.search(source.read_text(errors="replace")))


def build_failing_calls(context, folder):
    """What is linked to a program whose system calls are to fail: the options, the last of them the object."""
    source, linked = context.tests("walk", "failing_calls.c"), folder / "failing_calls.o"
    must_succeed(harness.run(["gcc", "-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror", "-c", "-o", linked, source]), source.name)
    names = sorted({name for pair in FAILING_CALL.findall(source.read_text()) for name in pair if name})
    return [*(f"-Wl,--wrap={name}" for name in names), linked]


def shared_failing_calls(context):
    return context.shared.get("failing_calls", lambda folder: build_failing_calls(context, folder))


def build_variant(context, program, variant, folder):
    """The executable of a variant; one that is walked is linked so that its system calls can fail."""
    place, options, _ = VARIANTS[variant]
    source = program.source
    is_walk = variant == "sanitize" and is_walked(context, source)
    if is_walk and calls_system(source):
        added = " ".join(map(str, shared_failing_calls(context)))
        options = (*options[:-1], f"{options[-1]} {added}")
    if is_walk or (variant == "valgrind" and is_replayed(source)):
        return context.shared.get(f"{variant} {source}", lambda shared: program.build(shared, place, options))
    return program.build(folder, place, options)


def tail(name, raw):
    lines = text_of(raw).splitlines()[-25:]
    return "".join(f"{name}: {line}\n" for line in lines)


def run_plainly(context, source, folder):
    program = Program(context, source)
    finished = program.run(program.build(folder), folder, RUN_LIMIT)
    if context.bless:
        program.bless(finished)
    else:
        program.verify(finished)


def run_variant(context, source, variant, folder):
    program = Program(context, source)
    executable = build_variant(context, program, variant, folder)
    finished = program.run(executable, folder, VARIANTS[variant][2])
    program.verify(finished)
    if variant == "valgrind":
        finished = program.run(executable, folder, VALGRIND_LIMIT, VALGRIND)
        finished.err = UNKNOWN_CALL.sub(b"", finished.err)
        program.verify(finished)


INTERPRETER_LIMIT = 300
LET_IN_CHAIN = re.compile(r"^  (in .*|and \d+ more)\n", re.MULTILINE)  # the compiled program's chain leaves out what was inlined


WAITER = re.compile(r"^(  a task waits in [^,\n]+), [^,\n]+, ", re.MULTILINE)  # nor is its function that of the source
WARNING = re.compile(r"^warning\[.*?\n(?:\n|\Z)", re.MULTILINE | re.DOTALL)


def plain_faults(raw, folder):
    """Standard error without warnings and the chains of let!, and with files named as they are from their folder."""
    text = WARNING.sub("", LET_IN_CHAIN.sub("", text_of(raw).replace(f"{folder}/", "")))
    return WAITER.sub(r"\1, ", text).encode()


def run_interpreted(context, source, folder):
    """The executable semantics, which shares nothing with the compiler behind type inference, says the same."""
    program = Program(context, source)
    finished = program.run(context.fx, folder, INTERPRETER_LIMIT, (), ("run", "--interpret", source))
    finished.err = plain_faults(finished.err, source.parent)
    program.verify(finished, plain_faults(program.read(".err", b""), source.parent))


def run_replayed(context, source, folder):
    """A run is recorded, and the recording makes the same run without the world."""
    program = Program(context, source)
    recording = folder / "recording"
    program.variables["FX_RECORD"] = str(recording)
    program.verify(program.run(build_variant(context, program, "valgrind", folder), folder, RUN_LIMIT))
    del program.variables["FX_RECORD"]
    finished = program.run(context.fx, folder, INTERPRETER_LIMIT, (), ("run", "--replay", recording, source))
    finished.err = plain_faults(finished.err, source.parent)
    program.verify(finished, plain_faults(program.read(".err", b""), source.parent))


def program_tests(context, source, name):
    """fx build as users call it, the variants, and the interpreter."""
    tests = [Test(name, lambda folder: run_plainly(context, source, folder))]
    if context.bless:
        return tests
    for variant in VARIANTS:
        if variant == "valgrind" and not has_valgrind(source):
            continue
        tests.append(Test(f"{name}:{variant}", lambda folder, variant=variant: run_variant(context, source, variant, folder)))
    tests.append(Test(f"{name}:interpret", lambda folder: run_interpreted(context, source, folder)))
    if is_replayed(source):
        tests.append(Test(f"{name}:replay", lambda folder: run_replayed(context, source, folder), begins_late=True))
    return tests


def is_program(path):
    """Programs have lower-case names; modules upper-case ones."""
    return path.suffix == ".fx" and not path.stem[0].isupper()


def find_programs(context):
    tests, folder = [], context.tests("run")
    for source in sorted(folder.glob("*.fx")):
        if not is_program(source):
            continue
        if not source.with_suffix(".out").exists() and not context.bless:
            tests.append(failing(f"run/{source.stem}", f"a test without an expectation: {source.stem}.out"))
        tests += program_tests(context, source, f"run/{source.stem}")
    for other in sorted(folder.glob("*.*")):
        if other.suffix in EXPECTATIONS and not other.with_suffix(".fx").exists():
            tests.append(failing(f"run/{other.name}", "an expectation without a test"))
        elif other.suffix not in (*EXPECTATIONS, ".fx"):
            tests.append(failing(f"run/{other.name}", f"neither a program nor an expectation ({' '.join(EXPECTATIONS)})"))
    return tests


def build_example(context, source, folder):
    """It builds, without a warning; tests/examples/NAME, where there is one, then tries the executable."""
    executable = folder / source.stem
    finished = harness.run([context.fx, "build", source.relative_to(context.root), "-o", executable], cwd=context.root,
                           env=context.environment_with(FX_VERIFY="1"), timeout=BUILD_LIMIT)
    must_succeed(finished, f"fx build {source.name}")
    compare(b"", finished.out + finished.err, f"fx build {source.name} says nothing")
    trial = context.tests("examples", source.stem)
    if trial.exists():
        finished = harness.run([trial, executable, source.parent], cwd=folder, env=context.environment_with(FX_CHECK="1"), timeout=400)
        must_succeed(finished, f"tests/examples/{source.stem}")


def find_examples(context):
    tests = []
    sources = [source for source in sorted(context.root.glob("examples/*/*.fx")) if is_program(source)]
    for source in sources:
        is_tried = context.tests("examples", source.stem).exists()
        tests.append(Test(f"examples/{source.stem}", lambda folder, source=source: build_example(context, source, folder), waits=is_tried))
        if source.with_suffix(".out").exists():
            tests += program_tests(context, source, f"examples/{source.stem}:out")
    names = {source.stem for source in sources}
    for trial in sorted(context.tests("examples").glob("*")):
        if trial.is_file() and re.fullmatch(r"[a-z_0-9]+", trial.name) and trial.name not in names:
            tests.append(failing(f"examples/{trial.name}", "tests/examples has a trial of an example that is not there"))
    for folder in sorted(context.root.glob("examples/*/")):
        if not any(source.parent == folder for source in sources):
            tests.append(failing(f"examples/{folder.name}", "an example without a program (a lower-case .fx file)"))
    return tests
