"""The stage made: made-up programs (made.py), compiled and by the executable semantics, must print the same and end alike."""

from . import harness
from .harness import Failure, Test, compare, must_succeed, text_of
from .made import make_program
from .programs import BUILD_LIMIT, INTERPRETER_LIMIT, RUN_LIMIT, plain_faults

PROGRAMS = 8  # of the first seeds, in each run of all tests


def run_made(context, seed, folder):
    source, executable = folder / f"made_{seed}.fx", folder / f"made_{seed}"
    source.write_text(make_program(seed))
    variables = context.environment_with(FX_VERIFY="1", FX_CHECK="1")
    built = harness.run([context.fx, "build", "--debug", source.name, "-o", executable], cwd=folder, env=variables, timeout=BUILD_LIMIT)
    must_succeed(built, f"fx build {source.name}")
    compiled = harness.run([executable], cwd=folder, env=variables, timeout=RUN_LIMIT)
    interpreted = harness.run([context.fx, "run", "--interpret", source.name], cwd=folder, env=variables, timeout=INTERPRETER_LIMIT)
    kept = context.build / "tests" / source.name
    try:
        compare(compiled.out, interpreted.out, f"{kept.name}: standard output, compiled and interpreted")
        compare(plain_faults(compiled.err, folder), plain_faults(interpreted.err, folder), f"{kept.name}: standard error, compiled and interpreted")
        if compiled.status != interpreted.status:
            raise Failure(f"compiled: {compiled.describe()}; interpreted: {interpreted.describe()}\n{text_of(compiled.err)}")
    except Failure:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(source.read_text())
        raise


def find_made(context):
    return [Test(f"made/{seed}", lambda folder, seed=seed: run_made(context, seed, folder)) for seed in range(context.made or PROGRAMS)]
