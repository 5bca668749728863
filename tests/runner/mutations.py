"""The stage mutate: programs with characters, tokens and lines dropped, doubled and swapped, given to the compiler (tests/mutate/mutate.c).

It never crashes, never takes over a second, and what it accepts is C that the C compiler accepts."""

from . import harness
from .harness import Failure, Test, must_succeed, text_of
from .programs import SANITIZE, is_program

SHARE = 6000  # mutations in all, when their number is not given: about a minute
SAMPLED_C = 12  # how many accepted mutations of each program go through the C compiler
C_FLAGS = ["-std=gnu11", "-fsyntax-only", "-Wall", "-Werror", "-Wno-unused", "-Wno-unused-but-set-variable"]


def build_mutator(context, folder):
    executable = folder / "mutate"
    command = ["gcc", "-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", "-Werror", *SANITIZE, f"-I{context.root / 'compiler'}",
               "-o", executable, *sorted(context.tests("mutate").glob("*.c")), context.build / "sanitize" / "libfx_compiler.a", "-lm"]
    must_succeed(harness.run(command, cwd=context.root, timeout=120), "building tests/mutate")
    return executable


def keep(context, source, mutated):
    """A copy in build/tests of a mutation that was found wanting."""
    kept = context.build / "tests" / f"refused-{source.stem}-{mutated.name}"
    kept.write_bytes(mutated.read_bytes())
    return kept.relative_to(context.root)


def mutate(context, source, count, folder):
    """The report has a line for each mutation that broke the compiler; accepted C is left in the folder."""
    mutator, broken = context.shared.get("mutate", lambda shared: build_mutator(context, shared)), context.build / "tests"
    broken.mkdir(exist_ok=True)
    command = [mutator, "--count", count, "--stdlib", context.root / "stdlib", "--keep", SAMPLED_C, "--out", folder, "--broken", broken, source]
    finished = harness.run(command, cwd=context.root, timeout=120 + count, env=context.environment_with(ASAN_OPTIONS="detect_leaks=0"))
    if finished.timed_out or finished.status != 0:
        raise Failure(f"{finished.describe()}\n{text_of(finished.out + finished.err)}")
    for c_file in sorted(folder.glob("*.c")):
        said = harness.run(["gcc", *C_FLAGS, f"-I{context.root / 'runtime'}", c_file], cwd=context.root, timeout=120)
        if said.status != 0:
            kept = keep(context, source, c_file.with_suffix(".fx"))
            raise Failure(f"fx accepts {kept}, and the C compiler refuses its C\n{text_of(said.err)}")


def find_mutations(context):
    sources = [path for pattern in ("examples/*/*.fx", "tests/run/*.fx") for path in sorted(context.root.glob(pattern)) if is_program(path)]
    count = context.mutations or max(1, SHARE // max(1, len(sources)))
    return [Test(f"mutate/{source.stem}", lambda folder, source=source: mutate(context, source, count, folder)) for source in sources]
