"""Every program that the documentation shows.

In README.md and docs/*.md a fenced block's first line says what it is:
    ```fx                    a module or program: fx check accepts it, without a warning
    ```fx run                also built and run, with status 0 (```fx run 70: with that status); a block ```output that follows is what it prints
    ```fx test               tests and specs: fx test's status is 0 (```fx test 1: it is 1); a block ```output is all that it prints
    ```fx wrong E0401        fx refuses it with that code; a block ```output that follows is the whole message
    ```c                     behind one of these: lines that stand, one after the other, in the C that it becomes (but for #line)
    ```fx file Names.fx      a module, kept for the blocks after it on the same page; ```c file Names.c: the C beside it
In stdlib/*.fx, doc comments show
    ```fx                    expressions, each True; `let` lines and imports before them hold for the rest of the block
    ```fx program            a whole program that fx check accepts
"""

import re

from . import harness
from .harness import Failure, Test, compare, failing, must_succeed, text_of

FENCE = re.compile(r"^( *)(```+|~~~+)\s*(.*?)\s*$")
USED_MODULE = re.compile(r"\b([A-Z]\w*)\.[A-Za-z(]")
NAME_OF_BLOCK = "example.fx"


class Block:
    """A fenced block: the words after the fence, its text, and the line (from 1) of its fence."""

    def __init__(self, words, text, line):
        self.words, self.text, self.line = words, text, line


def find_blocks(lines):
    """lines: (number, text) pairs; answers the fenced blocks in order, and the number of a fence that nothing closes."""
    blocks, opened = [], None
    for number, line in lines:
        match = FENCE.match(line)
        if opened is None:
            if match:
                opened = (len(match.group(1)), match.group(2), match.group(3).split(), number, [])
        elif match and not match.group(3) and match.group(2).startswith(opened[1]):
            blocks.append(Block(opened[2], "".join(text + "\n" for text in opened[4]), opened[3]))
            opened = None
        else:
            opened[4].append(line[opened[0]:] if line[:opened[0]].isspace() or not opened[0] else line)
    return blocks, opened[3] if opened else None


def check_accepts(context, folder, name=NAME_OF_BLOCK):
    finished = harness.run([context.fx, "check", name], cwd=folder, env=context.environment_with(FX_VERIFY="1"), timeout=100)
    must_succeed(finished, f"fx check {name}")
    compare(b"", finished.out + finished.err, f"fx check {name} says nothing")


def run_block(context, folder, block, output):
    check_accepts(context, folder)
    finished = harness.run([context.fx, "build", NAME_OF_BLOCK, "-o", "example"], cwd=folder, env=context.environment, timeout=200)
    must_succeed(finished, "fx build")
    check_end(harness.run([folder / "example"], cwd=folder, env=context.environment_with(FX_CHECK="1"), timeout=100), block, output)


def test_block(context, folder, block, output):
    check_end(harness.run([context.fx, "test", "--seed", "1", NAME_OF_BLOCK], cwd=folder, env=context.environment, timeout=200), block, output)


def check_end(finished, block, output):
    """The status is the one after the block's first words, or 0."""
    expected = int(block.words[2]) if len(block.words) > 2 else 0
    if finished.timed_out or finished.status != expected:
        raise Failure(f"{finished.describe()}, expected {expected}\n{text_of(finished.out + finished.err)}")
    if output is not None:
        compare(output.text.encode(), finished.out + finished.err, "the output block")


def refuse_block(context, folder, block, output):
    finished = harness.run([context.fx, "build", NAME_OF_BLOCK, "-o", "example"], cwd=folder, env=context.environment, timeout=200)
    said = finished.err + finished.out
    if finished.timed_out or finished.status != 1:
        raise Failure(f"{finished.describe()}, but an error was announced\n{text_of(said)}")
    for code in block.words[2:]:
        if code not in text_of(said):
            raise Failure(f"the message does not mention {code}\n{text_of(said)}")
    if output is not None:
        compare(output.text.encode(), said, "the output block")


def check_c(context, folder, excerpt):
    finished = harness.run([context.fx, "dump", "c", NAME_OF_BLOCK], cwd=folder, env=context.environment, timeout=100)
    must_succeed(finished, "fx dump c")
    lines = [line for line in text_of(finished.out).splitlines() if not line.startswith("#line")]
    if excerpt.text not in "\n".join([*lines, ""]):
        raise Failure(f"the C is another\n{text_of(finished.out)}")


def block_action(context, block, output, files):
    def action(folder):
        for name, text in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        kind = block.words[1] if len(block.words) > 1 else "check"
        if kind == "file":
            return check_accepts(context, folder, block.words[2])
        (folder / NAME_OF_BLOCK).write_text(block.text)
        if output is not None and output.words[:1] == ["c"]:
            return check_c(context, folder, output)
        if kind == "run":
            return run_block(context, folder, block, output)
        if kind == "test":
            return test_block(context, folder, block, output)
        if kind == "wrong":
            return refuse_block(context, folder, block, output)
        if kind in ("check", "program"):
            return check_accepts(context, folder)
        raise Failure(f"what is ```{' '.join(block.words)}?")
    return action


def page_tests(context, page):
    name = page.relative_to(context.root)
    blocks, unclosed = find_blocks(list(enumerate(page.read_text().splitlines(), 1)))
    tests, files = [], []
    if unclosed:
        tests.append(failing(f"docs/{name}:{unclosed}", "a fence that nothing closes"))
    for block, following in zip(blocks, [*blocks[1:], None]):
        if block.words[:2] == ["c", "file"]:
            files.append((block.words[2], block.text))
        if block.words[:1] != ["fx"]:
            continue
        if block.words[1:2] == ["file"]:
            files.append((block.words[2], block.text))
        output = following if following is not None and (following.words[:1] == ["output"] or following.words == ["c"]) else None
        tests.append(Test(f"docs/{name}:{block.line}", block_action(context, block, output, list(files))))
    return tests


def check_grammar(context):
    """docs/grammar.md is what make grammar prints of the parser's grammar."""
    def action(folder):
        command = f"lemon -g -d{folder} compiler/syntax/parse.y | python3 docs/print_grammar compiler/syntax/token.def"
        finished = harness.run(["sh", "-c", command], cwd=context.root)
        must_succeed(finished, command)
        context.expect(context.root / "docs/grammar.md", finished.out)
    return action


def check_library_page(context):
    """docs/library.md is what make library-page prints of the library's doc comments."""
    def action(folder):
        finished = harness.run([context.fx, "doc", "--markdown"], cwd=folder, env=context.environment)
        must_succeed(finished, "fx doc --markdown")
        compare((context.root / "docs/library.md").read_bytes(), finished.out, "docs/library.md; `make library-page` writes it anew")
    return action


def find_library_page(context):
    return [Test("style/library-page", check_library_page(context))] if (context.root / "stdlib/Prelude.fx").exists() else []


def find_pages(context):
    pages = [page for page in [context.root / "README.md", *sorted(context.root.glob("docs/*.md"))] if page.exists()]
    tests = [Test("docs/grammar", check_grammar(context))] if (context.root / "compiler/syntax/parse.y").exists() else []
    return tests + [test for page in pages for test in page_tests(context, page)]


# ---- doc comments of the library ----

def documentation_lines(source):
    """The lines of `///` comments; a gap between two comments reads as a blank line."""
    for number, line in enumerate(source.read_text().splitlines(), 1):
        match = re.match(r"^\s*/// ?(.*)$", line)
        yield number, match.group(1) if match else ""


def examples_of_block(block):
    """(line, imports, lets, expression) of each expression; a deeper line continues the one above."""
    items = []
    for number, line in enumerate(block.text.splitlines(), block.line + 1):
        if not line.strip() or line.lstrip().startswith("//"):
            continue
        if line[0] == " " and items:
            items[-1][1].append(line)
        else:
            items.append((number, [line]))
    imports, lets = [], []
    for number, lines in items:
        if lines[0].startswith("import "):
            imports += lines
        elif re.match(r"let\s", lines[0]):
            lets += lines
        else:
            yield number, list(imports), list(lets), lines


def import_of(context, source, module):
    """The line that imports a module as seen from another of the library: the one beside it comes first. None: there is no such module."""
    for folder in (source.parent, context.root / "stdlib"):
        if (folder / f"{module}.fx").exists():
            return "import " + ".".join([*folder.relative_to(context.root / "stdlib").parts, module])
    return None


def program_of_examples(context, source, blocks):
    """One program that prints the place of every example that is not True."""
    imports, definitions, calls = {import_of(context, source, source.stem), "import Console"}, [], []
    for block in blocks:
        for number, wanted, lets, expression in examples_of_block(block):
            imports.update(wanted)
            used = USED_MODULE.findall("\n".join(lets + expression))
            imports.update(line for line in (import_of(context, source, module) for module in used) if line)
            body = "".join(f"  {line}\n" for line in [*lets, *expression])
            definitions.append(f"let example_{number} : Bool =\n{body}")
            calls.append(f'  do! (if example_{number} then ret () else Console.print_line "{source.name}:{number}: not True")\n')
    named = {line.split()[1] for line in imports if len(line.split()) > 2}
    kept = sorted(line for line in imports if len(line.split()) > 2 or line.split()[1] not in named)
    return "\n".join([*kept, "", *definitions, "let main (_ : List String) : Unit ! {Console} =\n" + "".join(calls)]) if calls else None


def examples_action(context, program):
    def action(folder):
        (folder / NAME_OF_BLOCK).write_text(program)
        finished = harness.run([context.fx, "build", NAME_OF_BLOCK, "-o", "example"], cwd=folder, env=context.environment, timeout=200)
        must_succeed(finished, "fx build of the examples")
        finished = harness.run([folder / "example"], cwd=folder, env=context.environment_with(FX_CHECK="1"), timeout=200)
        must_succeed(finished, "the examples")
        compare(b"", finished.out, "every example is True")
    return action


def run_tests_of(context, source):
    """The same by fx test, which runs them by the interpreter."""
    finished = harness.run([context.fx, "test", "--seed", "1", source.name], cwd=source.parent, env=context.environment, timeout=200)
    must_succeed(finished, f"fx test {source.name}")


def module_tests(context, source):
    name = source.relative_to(context.root / "stdlib").with_suffix("")
    blocks, unclosed = find_blocks(list(documentation_lines(source)))
    tests = [failing(f"library/{name}:{unclosed}", "a fence that nothing closes")] if unclosed else []
    program = program_of_examples(context, source, [block for block in blocks if block.words == ["fx"]])
    if program:
        tests.append(Test(f"library/{name}", examples_action(context, program)))
        tests.append(Test(f"library/{name}:test", lambda _folder: run_tests_of(context, source)))
    for block in blocks:
        if block.words[:1] == ["fx"] and len(block.words) > 1:
            tests.append(Test(f"library/{name}:{block.line}", block_action(context, block, None, [])))
    return tests


def find_library(context):
    tests = []
    for source in sorted(context.root.glob("stdlib/**/*.fx")):
        name = source.relative_to(context.root / "stdlib").with_suffix("")
        tests.append(Test(f"library/{name}:check", lambda folder, source=source: check_accepts(context, source.parent, source.name)))
        tests += module_tests(context, source)
    return tests
