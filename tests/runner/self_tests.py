"""The runner's own tests: it passes what is right, and fails when it should. Each makes a small tree with a stand-in for fx that prints
what lies beside the program in NAME.said and ends with the status in NAME.ends."""

import json
import sys
from pathlib import Path

from . import documents, harness, programs, rules
from .harness import Context, Failure, Finished, SharedThings, Test, text_of

STAND_IN = """#!/bin/sh
for word; do case $word in *.fx) file=$word;; esac; done
base=${file%.fx}
[ -f "$base.said" ] && cat "$base.said"
[ -f "$base.hangs" ] && sleep 60
exit "$(cat "$base.ends" 2>/dev/null || echo 0)"
"""
BUSY = STAND_IN.replace("exit", "i=0; while [ $i -lt 20000 ]; do i=$((i + 1)); done\nexit")
CODES = 'DIAGNOSTIC(E0101, "title", "explanation")\n'
GOOD_ERROR = {"errors/E0101_a.fx": "x", "errors/E0101_a.said": "E0101 at 1:1\n", "errors/E0101_a.ends": "1", "errors/E0101_a.expected": "E0101 at 1:1\n"}


def make_tree(folder, tests, files=()):
    """A tree whose tests/ holds the given files; the stand-in's own files are written last. Answers the root."""
    everything = {"build/fx": STAND_IN, "compiler/base/diagnostics.def": CODES, **{f"tests/{name}": text for name, text in tests.items()}, **dict(files)}
    for name, text in everything.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for command in (folder / "build").glob("**/fx"):
        command.chmod(0o755)
    return folder


def run_runner(root, name):
    script = Path(__file__).resolve().parent.parent / "run_tests"
    return harness.run([sys.executable, script, "--root", root, "--jobs", "2", name], timeout=120)


def expect_outcome(tests, stage, says, files=()):
    """The runner on such a tree ends with a last line and a status that agree; `says` is in its output; it fails unless says ends in `0 failed`."""
    def action(folder):
        finished = run_runner(make_tree(folder, tests, files), stage)
        output = text_of(finished.out + finished.err)
        last = output.rstrip().splitlines()[-1] if output.strip() else ""
        should_pass = says.endswith(" 0 failed")
        if says not in output or (finished.status == 0) != should_pass or last.endswith(" 0 failed") != (should_pass or last == "0 passed, 0 failed"):
            raise Failure(f"expected {says!r} and {'success' if should_pass else 'failure'}, status {finished.status}:\n{output}")
    return action


def without(tests, name):
    return {key: value for key, value in tests.items() if key != name}


ERRORS = {
    "a right expectation passes": (GOOD_ERROR, "errors", "1 passed, 0 failed"),
    "a wrong expectation": ({**GOOD_ERROR, "errors/E0101_a.expected": "E0101 at 2:1\n"}, "errors", "+E0101 at 1:1"),
    "a test without an expectation": (without(GOOD_ERROR, "errors/E0101_a.expected"), "errors", "no expectation"),
    "an expectation without a test": ({**GOOD_ERROR, "errors/E0101_b.expected": "x"}, "errors", "an expectation without a test"),
    "a code without a test": ({}, "errors", "a code without a test"),
    "a test of no code": ({**GOOD_ERROR, "errors/E0999_a.fx": "", "errors/E0999_a.said": "E0999"}, "errors", "diagnostics.def does not have"),
    "a code not mentioned": ({**GOOD_ERROR, "errors/E0101_a.said": "oh", "errors/E0101_a.expected": "oh"}, "errors", "does not mention E0101"),
    "an error with status 0": ({**GOOD_ERROR, "errors/E0101_a.ends": "0"}, "errors", "exit status 0, expected 1"),
    "a crash of the compiler": ({**GOOD_ERROR, "errors/E0101_a.ends": "139"}, "errors", "exit status 139"),
}
WAITING = ("a compiler that hangs",)  # until its time is over
THREE = "failed  a\n  3 switches between tasks; the same again: fx test --replay A\n1 failed\n"
FOUR = THREE.replace("3", "4")
FOUND = {"spec/bugs/a.ends": "1", "spec/bugs/a_fixed.said": "1 proved, 0 failed\n"}
DUMPS = {
    "a right dump passes": ({"parse/a.fx": "x", "parse/a.said": "tree\n", "parse/a.syntax": "tree\n"}, "parse/a.syntax", "1 passed, 0 failed"),
    "a wrong dump": ({"parse/a.fx": "x", "parse/a.said": "tree\n", "parse/a.syntax": "three\n"}, "parse", "+tree"),
    "a dump without an expectation": ({"parse/a.fx": "x", "parse/a.said": "tree"}, "parse", "a test without an expectation"),
    "an expectation without a program": ({"parse/a.syntax": "x"}, "parse", "an expectation without a test"),
    "a file of no use": ({"parse/notes": "x"}, "parse", "neither a program nor an expectation"),
    "a compiler that hangs": ({"parse/a.fx": "x", "parse/a.hangs": "", "parse/a.syntax": ""}, "parse/a.syntax", "no end after"),
    "no test at all": ({}, "parse", "no test has such a name"),
    "a bug that is told": ({"spec/bugs/a.fx": "x", "spec/bugs/a_fixed.fx": "x", **FOUND, "spec/bugs/a.said": THREE, "spec/bugs/a.out": THREE},
                           "spec/bugs/a", "2 passed, 0 failed"),
    "a bug told with too many switches": ({"spec/bugs/a.fx": "x", "spec/bugs/a_fixed.fx": "x", **FOUND, "spec/bugs/a.said": FOUR, "spec/bugs/a.out": FOUR},
                                          "spec/bugs/a", "more than 3 switches"),
    "a program without output": ({"run/a.fx": "x"}, "run", "a test without an expectation"),
    "output without a program": ({"run/a.out": "x"}, "run", "an expectation without a test"),
}
RULES = {
    "base includes nobody": ({}, "includes/compiler", "base/ may not include",
                             {"compiler/base/a.c": '#include "../core/core.h"\n', "compiler/core/core.h": ""}),
    "a pass and the output of another": ({}, "includes/compiler", "types/ may not include",
                                      {"compiler/types/a.c": '#include "../cps/cps.h"\n', "compiler/cps/cps.h": ""}),
    "the runtime and the compiler": ({}, "includes/runtime", "the runtime includes itself only",
                                 {"runtime/a.c": '#include "../compiler/fx.h"\n', "compiler/fx.h": ""}),
    "a library and the inside of the runtime": ({}, "includes/runtime", 'only "fx.h"', {"stdlib/A.c": '#include "runtime.h"\n'}),
    "a circle": ({}, "includes/circles", "a circle of includes", {"runtime/a.h": '#include "b.h"\n', "runtime/b.h": '#include "a.h"\n'}),
    "a long file": ({}, "style/files", "801 lines", {"compiler/base/a.c": "\n" * 801}),
    "a long function": ({}, "style/functions", "long_one has 103 lines", {"compiler/base/a.c": "int long_one(void)\n{\n" + "    ;\n" * 100 + "}\n"}),
    "a word": ({}, "style/words", "says 'FIX" + "ME'", {"compiler/base/a.c": "// FIX" + "ME\n"}),
    "an operation that may fail, without a spec that it does": ({}, "style/fallible", "there is no spec open_error",
        {"stdlib/Lock.fx": 'extern effect Lock =\n  open : Int -> Result Int Error = wait "fx_open"\n', "tests/spec/library/lock.fx": "spec open_ok =\n"}),
    "a page with a broken program": ({}, "docs", "fx check example.fx", {"README.md": "```fx\nlet\n```\n", "build/fx": "#!/bin/sh\nexit 1\n"}),
    "a page whose wrong program is right": ({}, "docs", "an error was announced", {"README.md": "```fx wrong\nlet\n```\n"}),
    "a page whose fence stays open": ({}, "docs", "a fence that nothing closes", {"README.md": "```fx\nlet\n"}),
    "a page in order passes": ({}, "docs", "1 passed, 0 failed", {"README.md": "```fx\nlet x = 1\n```\n"}),
}


def program_with(folder, files):
    for name, text in files.items():
        (folder / name).write_text(text)
    return programs.Program(Context(folder, folder / "build"), folder.resolve() / "a.fx")


def expect_verdict(files, finished, passes):
    """Whether a program's end is accepted."""
    def action(folder):
        program = program_with(folder, {"a.fx": "", **files})
        try:
            program.verify(finished)
            accepted = True
        except Failure:
            accepted = False
        if accepted != passes:
            raise Failure(f"{'accepted' if accepted else 'refused'}: {finished.describe()}, out {finished.out!r}, err {finished.err!r}, beside {files}")
    return action


VERDICTS = {
    "right output": ({"a.out": "hi\n"}, Finished(0, b"hi\n", b"", 0.1, False), True),
    "wrong output": ({"a.out": "hi\n"}, Finished(0, b"ho\n", b"", 0.1, False), False),
    "a line end too few": ({"a.out": "hi\n"}, Finished(0, b"hi", b"", 0.1, False), False),
    "unexpected standard error": ({"a.out": ""}, Finished(0, b"", b"1 object left\n", 0.1, False), False),
    "expected standard error": ({"a.out": "", "a.err": "oh\n"}, Finished(0, b"", b"oh\n", 0.1, False), True),
    "wrong status": ({"a.out": ""}, Finished(70, b"", b"", 0.1, False), False),
    "expected status": ({"a.out": "", "a.status": "70\n"}, Finished(70, b"", b"", 0.1, False), True),
    "a signal": ({"a.out": ""}, Finished(-11, b"", b"", 0.1, False), False),
    "out of time": ({"a.out": ""}, Finished(0, b"", b"", 20, True), False),
}


def check_examples_program(folder):
    """Expressions of doc comments become one program, lets and imports included, and each is named by its line."""
    source = folder / "stdlib" / "List.fx"
    source.parent.mkdir()
    source.write_text("/// Adds.\n/// ```fx\n/// let xs = [1]\n/// List.sum xs == 1\n/// List.sum\n///   [] == 0\n/// ```\nlet sum xs = 0\n")
    blocks, unclosed = documents.find_blocks(list(documents.documentation_lines(source)))
    program = documents.program_of_examples(Context(folder, folder / "build"), source, blocks)
    wanted = ["let example_4 : Bool =\n  let xs = [1]\n  List.sum xs == 1\n",
              "let example_5 : Bool =\n  let xs = [1]\n  List.sum\n    [] == 0\n", "List.fx:5: not True"]
    for text in wanted:
        if unclosed or text not in program:
            raise Failure(f"expected {text!r} in\n{program}")


def check_functions_found(folder):
    path = folder / "a.c"
    path.write_text("static int one(int x) { return x; }\n\nint two(void)\n{\n    switch (1) {\n    }\n}\n\nstatic void three(int a,\n    int b)\n{\n}\n")
    found = [(name, length) for name, _line, length, _switch in rules.functions_of(path)]
    if ("two", 5) not in found:
        raise Failure(f"found {found}")


# An fx that "builds" a program of three steps, whose standard output and status, when it is cancelled at the second, are given.
BUILDS_WALKER = """#!/bin/sh
for last; do :; done
cat > "$last" <<'END'
#!/bin/sh
if [ -n "$FX_COUNT" ]; then echo 'fx: 2 allocations, 3 steps' >&2; fi
if [ "$FX_CANCEL_STEP" = 2 ]; then echo '{said}'; exit {status}; fi
if [ -n "$FX_CANCEL_STEP" ]; then exit 130; fi
if [ -n "$FX_FAIL_ALLOCATION" ]; then exit {without_memory}; fi
END
chmod +x "$last"
"""


def walker(said="open a\nclose a", status=130, without_memory=70):
    return {"build/sanitize/fx": BUILDS_WALKER.format(said=said, status=status, without_memory=without_memory)}


WALKED = {"run/a.fx": "first", "run/a.out": "open a\n"}
WALKS = {
    "a walk that passes": (WALKED, "walk", "1 passed, 0 failed", walker()),
    "what is left at one step": (WALKED, "walk", "cancelled at step 2: exit status 71", walker(status=71)),
    "what is not closed at one step": (WALKED, "walk", "`a` opened 1 times, closed 0 times", walker(said="open a")),
    "what is closed twice": (WALKED, "walk", "`a` opened 1 times, closed 2 times", walker(said="open a\nclose a\nclose a")),
    "a crash without memory": (WALKED, "walk", "without memory at allocation 1: exit status 139", walker(without_memory=139)),
}


def sample(user, system=0.0):
    return {"user": user, "system": system, "memory": 20480}


# What three rounds of a benchmark recorded. The first round was disturbed: neither the mean nor the least is what counts.
RECORDED = {
    "fib": {"rounds": 3, "parts": {"": {
        "fx": [sample(9.0), sample(0.5), sample(0.25, 0.25)], "ml": [sample(7.0), sample(0.75), sample(0.75)], "c": [sample(8.0), sample(0.25), sample(0.25)]}}},
    "abort": {"rounds": 1, "parts": {"": {"fx": [sample(0.15)], "ml": [sample(0.05)], "c": [sample(0.1)]}}},
    "echo": {"rounds": 1, "parts": {part: {"fx": [sample(1.0, 1.0)], "ml": [sample(time)], "c": [sample(1.0)], "go": [sample(4.0)]}
                                    for part, time in [("server", 3.0), ("client", 2.5)]}},
}
TABLES = """
                               times fx             CPU seconds, median and spread                  MiB
                             OCaml        C             fx          OCaml              C     fx  OCaml      C  rounds
fib                           1.50     0.50     0.500 1700%     0.750 833%     0.250 3100%     20     20     20       3
"""
EACH = """
nanoseconds for one             fx    OCaml        C  at most
abort                         15.0      5.0     10.0       30
"""


def expect_equal(found, wanted):
    if found != wanted:
        raise Failure(f"expected\n{wanted}\nfound\n{found}")


def check_shared_things(folder):
    """What several tests use is made once, and when it cannot be made each of them fails."""
    shared, made = SharedThings(folder), []

    def make(place):
        made.append(place)
        return len(made)

    def refuse(_place):
        raise Failure("no")

    def outcome(name, action):
        try:
            return shared.get(name, action)
        except Failure as failure:
            return str(failure)

    expect_equal([outcome("a", make), outcome("b", make), outcome("a", make), outcome("c", refuse), outcome("c", make)], [1, 2, 1, "no", "no"])


def check_times(folder):
    """What each test took is written down, and what its processes took counts."""
    root = make_tree(folder, {**GOOD_ERROR, "errors/E0101_b.fx": "x", "errors/E0101_b.said": "E0101\n", "errors/E0101_b.ends": "1", "errors/E0101_b.expected": "E0101\n"},
                     {"build/fx": BUSY})
    run_runner(root, "errors")
    lines = [line.split() for line in (root / "build/test-times").read_text().splitlines()]
    expect_equal(sorted(name for _cpu, _elapsed, name in lines), ["errors/E0101_a", "errors/E0101_b"])
    if not float(lines[0][0]) >= float(lines[1][0]) > 0:
        raise Failure(f"the longest first, and each of them took some time: {lines}")


def check_tables_of_benchmarks(folder):
    """`make bench` by recorded numbers: the ratio of medians, the spread, a line for the server and one for the client; what one operation takes."""
    (folder / "bench.json").write_text(json.dumps({"rows": RECORDED}))
    script = Path(__file__).resolve().parent.parent / "bench" / "run"
    finished = harness.run([sys.executable, script, "--table", folder / "bench.json"], timeout=60)
    said = text_of(finished.out + finished.err)
    if finished.status != 0 or TABLES not in said or EACH not in said:
        raise Failure(f"status {finished.status}, expected the lines\n{TABLES}{EACH}\nin\n{said}")
    expect_equal([line.split()[:5] for line in said.splitlines() if line.startswith("echo")],
                 [["echo,", "server", "1.50", "0.50", "2.00"], ["echo,", "client", "1.25", "0.50", "2.00"]])


def check_turns_of_benchmarks(_folder):
    """A A B B C C, A A B B C C: until there were enough rounds, and of each pair the second sample is kept, under its part and its language."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "bench"))
    from rounds import take_turns
    turns = []

    def measure(language):
        turns.append(language)
        return {"": len(turns)}

    row = take_turns(["fx", "ml", "c"], measure, lambda rounds: rounds >= 3)
    expect_equal(turns, ["fx", "fx", "ml", "ml", "c", "c"] * 3)
    expect_equal(row, {"rounds": 3, "parts": {"": {"fx": [2, 8, 14], "ml": [4, 10, 16], "c": [6, 12, 18]}}})


def find_self_tests(_context):
    tests = [Test(f"runner/{name}", expect_outcome(*case), waits=name in WAITING) for name, case in {**ERRORS, **DUMPS, **RULES, **WALKS}.items()]
    tests += [Test(f"runner/verdict: {name}", expect_verdict(*case)) for name, case in VERDICTS.items()]
    tests += [Test("runner/tables of benchmarks", check_tables_of_benchmarks), Test("runner/turns of benchmarks", check_turns_of_benchmarks)]
    tests += [Test("runner/what several tests use", check_shared_things), Test("runner/times of tests", check_times)]
    return [*tests, Test("runner/examples of doc comments", check_examples_program), Test("runner/functions are found", check_functions_found)]
