"""Stages in C: tests/unit (cmocka programs on the compiler), tests/runtime (on the runtime) and tests/fuzz, under ASan and UBSan.

Each .c file with a `main` is a program; the other .c files of its folder are linked to every program."""

import re

from . import harness
from .harness import Failure, Test, must_succeed, text_of
from .programs import SANITIZE

STAGES = {
    "unit": ("sanitize/libfx_compiler.a", ["compiler", "compiler/syntax"], ["-std=gnu11"], ["-lcmocka", "-lm"]),
    "runtime": ("sanitize/libfx_runtime.a", ["runtime"], ["-std=gnu11", "-DFX_MALLOC"], ["-lcmocka", "-luv", "-lm", "-lpthread"]),
}
HAS_MAIN = re.compile(r"^int main\b", re.MULTILINE)
TIME_LIMIT = 300  # seconds
FUZZ_MUTATIONS = 200  # of each seed


def run_native(context, stage, source, shared, folder, options=(), limit=TIME_LIMIT, **variables):
    library, includes, flags, libraries = STAGES[stage]
    executable = folder / source.stem
    command = ["gcc", *flags, "-O1", "-g", "-Wall", "-Wextra", "-Werror", *SANITIZE, *(f"-I{context.root / path}" for path in includes),
               f"-I{context.build / 'generated'}", f"-I{source.parent}", "-o", executable, source, *shared, context.build / library, *libraries, *options]
    must_succeed(harness.run(command, cwd=context.root, timeout=120), f"compiling {source.name}")
    finished = harness.run([executable], cwd=context.root, timeout=limit, env=context.environment_with(
        CMOCKA_MESSAGE_OUTPUT="stdout", FX_STDLIB=str(context.root / "stdlib"), TMPDIR=str(folder), **variables))
    if finished.timed_out or finished.status != 0:
        lines = [line for line in text_of(finished.out + finished.err).splitlines() if not line.startswith(("[ RUN", "[       OK"))]
        raise Failure(f"{finished.describe()}\n" + "\n".join(lines[-45:]))


def find_native(context, stage):
    sources = sorted(context.tests(stage).glob("*.c"))
    programs = [source for source in sources if HAS_MAIN.search(source.read_text())]
    shared = [source for source in sources if source not in programs]
    return [Test(f"{stage}/{source.stem}", lambda folder, source=source: run_native(context, stage, source, shared, folder)) for source in programs]


def run_fuzzer(context, source, folder):
    """The fuzzer takes its seeds and a fixed set of mutations of each; no tool but the C compiler is wanted."""
    executable, fuzz = folder / source.stem, context.tests("fuzz")
    command = ["gcc", "-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", "-Werror", *SANITIZE, f"-I{context.root / 'compiler'}",
               f"-I{context.root / 'compiler/syntax'}", "-o", executable, source, fuzz / "driver.c", context.tests("mutate", "mutation.c"),
               context.build / "sanitize/libfx_compiler.a", "-lm"]
    must_succeed(harness.run(command, cwd=context.root, timeout=120), f"compiling {source.name}")
    seeds = fuzz / source.stem.replace("_fuzzer", "_seeds")
    must_succeed(harness.run([executable, seeds, FUZZ_MUTATIONS], cwd=context.root, timeout=TIME_LIMIT), source.stem)


def run_fx_fuzzer(context, source, folder):
    """The same of a fuzzer that is written in fx (tests/fuzz/Inputs.fx)."""
    executable, fx = folder / source.stem, context.build / "sanitize" / "fx"
    built = harness.run([fx, "build", "--debug", "--cc", "gcc -DFX_MALLOC", source, "-o", executable], cwd=folder, env=context.environment, timeout=TIME_LIMIT)
    must_succeed(built, f"compiling {source.name}")
    seeds = source.parent / source.stem.replace("_fuzzer", "_seeds")
    must_succeed(harness.run([executable, seeds, FUZZ_MUTATIONS], cwd=folder, timeout=TIME_LIMIT), source.stem)


def find_fuzzers(context):
    tests = [Test(f"fuzz/{source.stem}", lambda folder, source=source: run_fx_fuzzer(context, source, folder))
             for source in sorted(context.tests("fuzz").glob("*_fuzzer.fx"))]
    for source in sorted(context.tests("fuzz").glob("*_fuzzer.c")):
        tests.append(Test(f"fuzz/{source.stem}", lambda folder, source=source: run_fuzzer(context, source, folder)))
    return tests
