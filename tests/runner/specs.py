"""The stage spec: programs with their specs, run by fx test.

tests/spec/NAME.fx passes, and NAME.out has the verdict on each of its specs.
tests/spec/bugs/NAME.fx has a bug, and NAME.out is all that fx test says of it, the shortest schedule among it, with at most three
switches between tasks;
its corrected twin, NAME_fixed.fx, passes. The specs in tests/spec/library and beside the examples pass, too; those beside examples
and of corrected twins also when answers are errors (--faults)."""

import re

from . import harness
from .harness import Failure, Test, failing, text_of

TIME_LIMIT = 200
HAS_SPEC = re.compile(r"^spec ", re.MULTILINE)
SWITCHES = re.compile(rb"^  (\d+) switch(?:es)? between tasks;", re.MULTILINE)
MOST_SWITCHES = 3


def run_tests_of(context, source, *options):
    return harness.run([context.fx, "test", "--seed", "1", *options, source.name], cwd=source.parent, env=context.environment, timeout=TIME_LIMIT)


def must_pass(context, source, *options):
    finished = run_tests_of(context, source, *options)
    if finished.timed_out or finished.status != 0 or finished.err or b" 0 failed" not in finished.out:
        raise Failure(f"{finished.describe()}\n{text_of(finished.out + finished.err)}")
    return finished.out


def must_give(context, source):
    context.expect(source.with_suffix(".out"), must_pass(context, source))


def must_find(context, source):
    finished = run_tests_of(context, source)
    if finished.timed_out or finished.status != 1:
        raise Failure(f"{finished.describe()}, but a failure was to be found\n{text_of(finished.out + finished.err)}")
    if most_switches(finished.out) > MOST_SWITCHES:
        raise Failure(f"a schedule has more than {MOST_SWITCHES} switches between tasks\n{text_of(finished.out)}")
    context.expect(source.with_suffix(".out"), finished.out + finished.err)


def most_switches(said):
    """How often a person who reads the longest schedule has to go back to a task that was left; a failure that says nothing of it has none."""
    return max(map(int, SWITCHES.findall(said)), default=0)


def find_specs(context):
    tests = [Test(f"spec/{source.stem}", lambda _folder, source=source: must_give(context, source))
             for source in sorted(context.tests("spec").glob("*.fx"))]
    tests += [Test(f"spec/library/{source.stem}", lambda _folder, source=source: must_pass(context, source))
              for source in sorted(context.tests("spec", "library").glob("*.fx"))]
    tests += [Test(f"spec/examples/{source.stem}", lambda _folder, source=source: must_pass(context, source, "--faults"))
              for source in sorted(context.root.glob("examples/*/*.fx")) if HAS_SPEC.search(source.read_text())]
    for source in sorted(context.tests("spec", "bugs").glob("*.fx")):
        is_fixed = source.stem.endswith("_fixed")
        options = ["--faults"] if is_fixed else []
        check = must_pass if is_fixed else must_find
        tests.append(Test(f"spec/bugs/{source.stem}", lambda _folder, check=check, source=source, options=options: check(context, source, *options)))
        if not is_fixed and not source.with_name(f"{source.stem}_fixed.fx").exists():
            tests.append(failing(f"spec/bugs/{source.stem}:fixed", "it has no corrected twin"))
    return tests
