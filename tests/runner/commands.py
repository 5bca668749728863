"""The stage command: tests/command/NAME.sh is a session with fx in a terminal, NAME.out all that is seen of it.

The script runs in an empty folder, with fx on its PATH and the tree in $TREE; standard error goes where standard output goes."""

from . import harness
from .harness import Failure, Test, failing

TIME_LIMIT = 300


def run_session(context, script, folder):
    environment = context.environment_with(PATH=f"{context.build}:{context.environment.get('PATH', '')}", TREE=str(context.root), BUILD=str(context.build))
    finished = harness.run(["sh", "-c", '. "$0" 2>&1', script], cwd=folder, env=environment, timeout=TIME_LIMIT)
    if finished.timed_out:
        raise Failure(finished.describe())
    context.expect(script.with_suffix(".out"), finished.out + finished.err)


def find_commands(context):
    folder = context.tests("command")
    tests = [Test(f"command/{script.stem}", lambda place, script=script: run_session(context, script, place)) for script in sorted(folder.glob("*.sh"))]
    for other in sorted(folder.glob("*")):
        if other.suffix not in (".sh", ".out") or not other.with_suffix(".sh").exists():
            tests.append(failing(f"command/{other.name}", "neither a session (.sh) nor the expectation (.out) of one"))
    return tests
