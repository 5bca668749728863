"""Stages whose tests are a program and what the compiler prints of it: lex, parse, type, core, cps, errors."""

import re

from . import harness
from .harness import Failure, Test, failing, text_of

# stage: {suffix of the expectation: arguments of fx before the file}
DUMPS = {
    "lex": {".layout": ["dump", "layout"], ".tokens": ["dump", "tokens"]},
    "parse": {".syntax": ["dump", "syntax"]},
    "type": {".types": ["check", "--types"]},
    "core": {
        ".core": ["dump", "core"],
        ".specialised": ["dump", "specialised"],
        ".simplified": ["dump", "simplified"],
        ".counted": ["dump", "counted"],
    },
    "cps": {".cps": ["dump", "cps"], ".c": ["dump", "c"]},
}
CODE = re.compile(r"^DIAGNOSTIC\((\w\d{4}),", re.MULTILINE)
TEST_OF_CODE = re.compile(r"^([EW]\d{4})_\w+$")
TIME_LIMIT = 20  # seconds for one call of fx


def call_fx(context, arguments, folder):
    finished = harness.run([context.fx, *arguments], cwd=folder, env=context.environment_with(FX_VERIFY="1"), timeout=TIME_LIMIT)
    if finished.timed_out or finished.status not in (0, 1):
        raise Failure(f"fx {' '.join(map(str, arguments))}: {finished.describe()}\n{text_of(finished.out + finished.err)}")
    return finished


def dump_action(context, program, suffix, arguments):
    def action(_folder):
        finished = call_fx(context, [*arguments, program.name], program.parent)
        context.expect(program.with_suffix(suffix), finished.out + finished.err)
    return action


def find_dumps(context, stage):
    """One test for each expectation. A program without any, or an expectation without its program, is a failing test."""
    folder, suffixes, tests = context.tests(stage), DUMPS[stage], []
    for program in sorted(folder.glob("*.fx")):
        wanted = [suffix for suffix in suffixes if program.with_suffix(suffix).exists()]
        if not wanted and context.bless:
            wanted = list(suffixes)[:1]
        if not wanted:
            tests.append(failing(f"{stage}/{program.stem}", f"a test without an expectation: {program.stem}{' or '.join(suffixes)}"))
        for suffix in wanted:
            tests.append(Test(f"{stage}/{program.stem}{suffix}", dump_action(context, program, suffix, suffixes[suffix])))
    for other in sorted(folder.glob("*")):
        if other.is_file() and other.suffix != ".fx" and other.suffix not in suffixes:
            tests.append(failing(f"{stage}/{other.name}", f"neither a program nor an expectation ({' '.join(suffixes)})"))
        if other.suffix in suffixes and not other.with_suffix(".fx").exists():
            tests.append(failing(f"{stage}/{other.name}", "an expectation without a test"))
    return tests


def check_error(context, program, folder):
    """Programs are needed whole (main, and what the runtime can do) only for the codes E07xx: those are built."""
    code = TEST_OF_CODE.match(program.stem).group(1)
    arguments = ["build", program.name, "-o", str(folder / "program")] if code.startswith("E07") else ["check", program.name]
    finished = call_fx(context, arguments, program.parent)
    output = finished.err + finished.out
    if code not in text_of(output):
        raise Failure(f"the output does not mention {code}:\n{text_of(output)}")
    expected_status = 1 if re.search(r"\bE\d{4}\b", text_of(output)) else 0
    if finished.status != expected_status:
        raise Failure(f"exit status {finished.status}, expected {expected_status}:\n{text_of(output)}")
    context.expect(program.with_suffix(".expected"), output)
    as_json = program.with_suffix(".json")
    if as_json.exists():
        finished = call_fx(context, ["check", "--json", program.name], program.parent)
        context.expect(as_json, finished.out + finished.err)


def find_errors(context):
    """tests/errors/CODE_what.fx with its .expected, at least one for each code of diagnostics.def. Other .fx files are modules to import."""
    folder, tests, tested = context.tests("errors"), [], set()
    for program in sorted(folder.glob("*.fx")):
        match = TEST_OF_CODE.match(program.stem)
        if match:
            tested.add(match.group(1))
            tests.append(Test(f"errors/{program.stem}", lambda place, program=program: check_error(context, program, place)))
        elif not program.stem[0].isupper():
            tests.append(failing(f"errors/{program.stem}", "neither CODE_what.fx nor a module to import"))
    for suffix in (".expected", ".json"):
        for expectation in sorted(folder.glob("*" + suffix)):
            if not expectation.with_suffix(".fx").exists():
                tests.append(failing(f"errors/{expectation.name}", "an expectation without a test"))
    codes = CODE.findall((context.root / "compiler/base/diagnostics.def").read_text())
    for code in codes:
        if code not in tested:
            tests.append(failing(f"errors/{code}", "a code without a test"))
    for code in sorted(tested - set(codes)):
        tests.append(failing(f"errors/{code}", "a test of a code that diagnostics.def does not have"))
    return tests
