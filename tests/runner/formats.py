"""The stage format: fx fmt. (That the library and the examples stand in its form belongs to the stage style.)

tests/format/NAME.fx is written as NAME.formatted. All files of the tests, formatted, mean what they meant: but for the order of imports, fx dump syntax
prints the same; and formatted again they stay as they are."""

import re
import shutil

from . import harness
from .harness import Failure, Test, failing, must_succeed, text_of

TIME_LIMIT = 300
FOLDERS = ["lex", "parse", "type", "core", "cps", "run", "spec", "errors", "bench"]


def check_form(context, folder_of_sources):
    files = sorted(str(path.relative_to(context.root)) for path in (context.root / folder_of_sources).rglob("*.fx"))

    def action(_folder):
        finished = harness.run([context.fx, "fmt", "--check", *files], cwd=context.root, env=context.environment, timeout=TIME_LIMIT)
        must_succeed(finished, "`fx fmt FILE.fx...` writes them in its form: fx fmt --check")
    return action


def find_forms(context):
    return [Test(f"style/format:{name}", check_form(context, name)) for name in ("stdlib", "examples") if any((context.root / name).rglob("*.fx"))]


def tree_of(context, path, folder):
    """What fx dump syntax prints, its imports sorted; None: the file is in error."""
    finished = harness.run([context.fx, "dump", "syntax", path], cwd=folder, env=context.environment, timeout=TIME_LIMIT)
    if finished.status != 0:
        return None
    parts = re.split(rb"(?m)^(import .*)$", finished.out)
    return sorted(parts[1::2]), b"".join(parts[0::2])


def check_meaning(context, name):
    def action(folder):
        wrong, copies = [], []

        def run_fmt(*options):
            return harness.run([context.fx, "fmt", *options, *(copy for copy, _tree, _before in copies)], cwd=folder, env=context.environment, timeout=TIME_LIMIT)
        for path in sorted(context.tests(name).rglob("*.fx")):
            copy = folder / path.relative_to(context.tests(name))
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            copies.append((copy, tree_of(context, copy, folder), copy.read_bytes()))
        expected = 1 if any(tree is None for _copy, tree, _before in copies) else 0
        for finished in (run_fmt(), run_fmt("--check")):
            if finished.status != expected or finished.out:
                wrong.append(f"{finished.describe()}, expected {expected}\n{text_of(finished.out + finished.err)}")
        for copy, tree, before in copies:
            if copy.read_bytes() != before if tree is None else tree_of(context, copy, folder) != tree:
                wrong.append(f"{copy.name}: " + ("is in error, but was written" if tree is None else "fx dump syntax differs"))
        if wrong or not copies:
            raise Failure("\n".join(wrong))
    return action


def check_golden(context, source):
    def action(folder):
        copy = folder / source.name
        shutil.copyfile(source, copy)
        must_succeed(harness.run([context.fx, "fmt", copy], cwd=folder, env=context.environment, timeout=TIME_LIMIT), "fx fmt")
        context.expect(source.with_suffix(".formatted"), copy.read_bytes())
        must_succeed(harness.run([context.fx, "fmt", "--check", copy], cwd=folder, env=context.environment, timeout=TIME_LIMIT), "fx fmt --check")
    return action


def find_formats(context):
    folder = context.tests("format")
    tests = [Test(f"format/{source.stem}", check_golden(context, source)) for source in sorted(folder.glob("*.fx"))]
    for other in sorted(folder.glob("*")):
        if other.suffix not in (".fx", ".formatted") or not other.with_suffix(".fx").exists():
            tests.append(failing(f"format/{other.name}", "neither a source (.fx) nor what fx fmt makes of one (.formatted)"))
    return tests + [Test(f"format/meaning:{name}", check_meaning(context, name)) for name in FOLDERS if context.tests(name).exists()]
