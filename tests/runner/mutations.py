"""The stage mutate: programs with characters, tokens and lines dropped, doubled and swapped, given to the compiler (tests/mutate/mutate.c).

It never crashes, never takes over a second, and what it accepts is C that the C compiler accepts."""

from . import harness
from .harness import Failure, Test, must_succeed, text_of
from .programs import SANITIZE, is_program

SHARE = 6000  # mutations in all, when their number is not given: about a minute
SAMPLED_C = 12  # how many accepted mutations of each program go through the C compiler
C_FLAGS = ["-std=gnu11", "-fsyntax-only", "-Wall", "-Werror", "-Wno-unused", "-Wno-unused-but-set-variable"]


class Mutator:
    """The program that mutates, built once for the whole stage."""

    def __init__(self, context):
        self.context = context
        self.executable = context.build / "tests" / "mutate"

    def build(self):
        """Raises Failure when it cannot be built."""
        context = self.context
        self.executable.parent.mkdir(parents=True, exist_ok=True)
        command = ["gcc", "-std=gnu11", "-O1", "-g", "-Wall", "-Wextra", "-Werror", *SANITIZE, f"-I{context.root / 'compiler'}",
                   "-o", self.executable, *sorted(context.tests("mutate").glob("*.c")), context.build / "sanitize" / "libfx_compiler.a", "-lm"]
        must_succeed(harness.run(command, cwd=context.root, timeout=120), "building tests/mutate")

    def run(self, source, count, folder):
        """Mutates one program. Its report has a line for each mutation that broke the compiler; accepted C is left in the folder."""
        context = self.context
        command = [self.executable, "--count", count, "--stdlib", context.root / "stdlib", "--keep", SAMPLED_C, "--out", folder,
                   "--broken", self.executable.parent, source]
        finished = harness.run(command, cwd=context.root, timeout=120 + count, env=context.environment_with(ASAN_OPTIONS="detect_leaks=0"))
        if finished.timed_out or finished.status != 0:
            raise Failure(f"{finished.describe()}\n{text_of(finished.out + finished.err)}")
        for c_file in sorted(folder.glob("*.c")):
            said = harness.run(["gcc", *C_FLAGS, f"-I{context.root / 'runtime'}", c_file], cwd=context.root, timeout=120)
            if said.status != 0:
                mutated = c_file.with_suffix(".fx")
                kept = context.build / "tests" / f"refused-{source.stem}-{mutated.name}"
                kept.write_bytes(mutated.read_bytes())
                raise Failure(f"fx accepts {kept.relative_to(context.root)}, and the C compiler refuses its C\n{text_of(said.err)}")


def find_mutations(context):
    sources = [path for pattern in ("examples/*/*.fx", "tests/run/*.fx") for path in sorted(context.root.glob(pattern)) if is_program(path)]
    if not sources:
        return []
    mutator = Mutator(context)
    try:
        mutator.build()
    except Failure as failure:
        reason = str(failure)
        return [harness.failing("mutate/mutate.c", reason)]
    count = context.mutations or max(1, SHARE // len(sources))
    return [Test(f"mutate/{source.stem}", lambda folder, source=source: mutator.run(source, count, folder)) for source in sources]
