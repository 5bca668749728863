"""Stages that read the sources themselves: includes (who may include whom), style (lengths), words (what may not stand anywhere)."""

import re

from .harness import Failure, Test

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
SOURCES = ("*.c", "*.h", "*.re", "*.y", "*.def")

# A pass includes itself (its folder), base, type.h, the map fx.h, its input and its output.
MAY_INCLUDE = {
    "base": ["base/"],
    "syntax": ["syntax/", "base/", "fx.h"],
    "names": ["names/", "base/", "fx.h", "syntax/syntax.h", "types/type.h"],
    "types": ["types/", "base/", "fx.h", "syntax/syntax.h", "names/modules.h", "names/resolve.h", "core/core.h"],
    "core": ["core/", "base/", "fx.h", "types/type.h"],
    "cps": ["cps/", "base/", "fx.h", "types/type.h", "core/core.h", "core/primitives.def"],
    "emit": ["emit/", "base/", "fx.h", "types/type.h", "cps/cps.h", "core/core.h", "core/primitives.def"],
    "semantics": ["semantics/", "base/", "fx.h", "types/type.h", "core/core.h", "core/primitives.def"],
    "tools": ["tools/", "base/", "fx.h", "types/type.h", "types/interface.h", "syntax/syntax.h", "core/core.h",
              "semantics/check_spec.h", "semantics/run_tests.h", "semantics/coverage.h", "semantics/transcript.h"],
}
# The interpreter runs programs on the real world by the runtime itself.
MAY_INCLUDE_RUNTIME = {"semantics/real_world.h"}
GENERATED = {"parse.h", "lex.h"}  # what lemon and re2c write; belongs to syntax/

LONGEST_FILE = 800
LONGEST_FUNCTION = 100  # lines; a dispatch switch may pass it
LONGEST_LINE = 180
# Spelled in two halves, so that this file keeps its own rule.
BANNED = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "for n" + "ow", "not impl" + "emented", "not yet impl" + "emented"]
BANNED_PATTERN = re.compile("|".join(rf"\b{word}\b" for word in BANNED))
# What has its own reasons to be long: generated, or data.
FOLDERS = ("compiler", "runtime", "stdlib", "tests", "examples", "docs", ".ci")


def sources_in(root, *folders):
    for folder in folders:
        for pattern in SOURCES:
            yield from sorted((root / folder).rglob(pattern))


def includes_of(path):
    """The quoted includes, as (line, name)."""
    text = path.read_text(errors="replace")
    for match in INCLUDE.finditer(text):
        if match.group(1) == '"':
            yield text.count("\n", 0, match.start()) + 1, match.group(2)


def resolve_include(root, path, name):
    """Where an include leads, relative to compiler/, or None when to no file of the compiler."""
    compiler = root / "compiler"
    for folder in (path.parent, compiler, compiler / "syntax"):
        target = (folder / name).resolve()
        if target.exists() and compiler in target.parents:
            return target.relative_to(compiler).as_posix()
    return None


def check_compiler_includes(root):
    wrong = []
    for path in sources_in(root, "compiler"):
        place = path.relative_to(root / "compiler")
        if len(place.parts) == 1:
            continue  # fx.h, compile.c and main.c see everything
        allowed = MAY_INCLUDE.get(place.parts[0])
        for line, name in includes_of(path):
            where = f"compiler/{place}:{line}"
            if allowed is None:
                wrong.append(f"{where}: {place.parts[0]}/ is no room of the compiler")
                break
            if name in GENERATED and place.parts[0] == "syntax":
                continue
            if str(place) in MAY_INCLUDE_RUNTIME and (path.parent / name).resolve() == (root / "runtime/runtime.h").resolve():
                continue
            target = resolve_include(root, path, name)
            if target is None:
                wrong.append(f"{where}: includes \"{name}\", which is no file of the compiler")
            elif target.endswith(".c"):
                wrong.append(f"{where}: includes a .c file")
            elif not any(target == rule or (rule.endswith("/") and target.startswith(rule)) for rule in allowed):
                wrong.append(f"{where}: {place.parts[0]}/ may not include {target} (only {' '.join(allowed)})")
    return wrong


def check_runtime_includes(root):
    wrong = []
    for path in sources_in(root, "runtime"):
        for line, name in includes_of(path):
            if not (path.parent / name).exists() or "/" in name:
                wrong.append(f"runtime/{path.name}:{line}: includes \"{name}\"; the runtime includes itself only")
    for path in sources_in(root, "stdlib"):
        for line, name in includes_of(path):
            if name not in ("fx.h", path.stem.split("_")[0] + ".h"):
                wrong.append(f"stdlib/{path.name}:{line}: includes \"{name}\"; a library's C includes only \"fx.h\" and its module's own header")
    return wrong


def find_circle(graph):
    """A list of nodes that leads back to its first, or None."""
    state = {}

    def visit(node, path):
        state[node] = "open"
        for target in graph.get(node, ()):
            if state.get(target) == "open":
                return [*path[path.index(target):], target] if target in path else [node, target]
            if target not in state:
                circle = visit(target, [*path, target])
                if circle:
                    return circle
        state[node] = "done"
        return None

    for node in sorted(graph):
        if node not in state:
            circle = visit(node, [node])
            if circle:
                return circle
    return None


def check_circles(root):
    graph = {}
    for path in sources_in(root, "compiler", "runtime"):
        targets = [(path.parent / name).resolve() for _line, name in includes_of(path)]
        graph[path.resolve()] = [target for target in targets if target.exists()]
    circle = find_circle(graph)
    return ["a circle of includes: " + " > ".join(node.relative_to(root).as_posix() for node in circle)] if circle else []


def rule_test(name, check, root):
    def action(_folder):
        wrong = check(root)
        if wrong:
            raise Failure(f"{len(wrong)} broken\n" + "\n".join(wrong))
    return Test(name, action)


def find_includes(context):
    checks = {"compiler": check_compiler_includes, "runtime": check_runtime_includes, "circles": check_circles}
    return [rule_test(f"includes/{name}", check, context.root) for name, check in checks.items()]


# ---- lengths ----

FUNCTION_HEAD = re.compile(r"^(?!typedef|struct|union|enum|#|//|extern|else)[A-Za-z_][^;={}]*\)\s*\{?\s*$")


def functions_of(path):
    """(name, first line, number of lines, has a switch) of each function in a C file formatted as this project's are."""
    lines = path.read_text(errors="replace").splitlines()
    start, name = None, ""
    for index, line in enumerate(lines):
        if start is None and line[:1].isalpha() or line[:1] == "_":
            head = line if "(" in line else ""
            if head and (line.rstrip().endswith("{") and FUNCTION_HEAD.match(line) or index + 1 < len(lines) and lines[index + 1].startswith("{")):
                start, name = index, re.search(r"(\w+)\s*\(", head).group(1)
        if start is not None and line.startswith("}"):
            body = lines[start:index + 1]
            yield name, start + 1, len(body), any(re.search(r"\bswitch \(", text) for text in body)
            start = None


def written_files(root):
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix in {".c", ".h", ".re", ".y", ".py", ".fx", ".md", ".ml", ""}:
                yield path


def check_files(root):
    wrong = []
    for path in written_files(root):
        place = path.relative_to(root)
        if path.suffix == ".md" or path.suffix == ".fx" and place.parts[0] == "tests":
            continue
        lines = path.read_text(errors="replace").splitlines()
        if len(lines) > LONGEST_FILE:
            wrong.append(f"{place}: {len(lines)} lines, more than {LONGEST_FILE}")
        if path.suffix not in (".c", ".h", ".py") or place.parts[0] == "tests" and path.suffix != ".py":
            continue
        for number, line in enumerate(lines, 1):
            if len(line) > LONGEST_LINE:
                wrong.append(f"{place}:{number}: a line of {len(line)} characters, more than {LONGEST_LINE}")
            if "\t" in line or line != line.rstrip():
                wrong.append(f"{place}:{number}: a tab, or blanks at the line's end")
    return wrong


def check_functions(root):
    wrong, lengths = [], []
    for path in [*sources_in(root, "compiler", "runtime", "stdlib")]:
        if path.suffix != ".c":
            continue
        for name, line, length, has_switch in functions_of(path):
            lengths.append(length)
            if length > LONGEST_FUNCTION and not has_switch:
                wrong.append(f"{path.relative_to(root)}:{line}: {name} has {length} lines, more than {LONGEST_FUNCTION}, and no switch")
    if lengths and sum(length < 40 for length in lengths) < 0.9 * len(lengths):
        longest = sum(length >= 40 for length in lengths)
        wrong.append(f"nine functions in ten are under 40 lines: {longest} of {len(lengths)} are not")
    if lengths and sum(length < 15 for length in lengths) < 0.5 * len(lengths):
        wrong.append(f"half of the functions are under 15 lines: {sum(length >= 15 for length in lengths)} of {len(lengths)} are not")
    return wrong


def check_words(root):
    wrong = []
    for path in [*written_files(root), root / "Makefile", root / "README.md"]:
        if not path.exists():
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            for match in BANNED_PATTERN.finditer(line):
                wrong.append(f"{path.relative_to(root)}:{number}: says {match.group(0)!r}")
    return wrong


# ---- the names of modules that the compiler knows for its hints ----

EFFECT_OF_MODULE = re.compile(r"^(?:extern )?effect (\w+)", re.MULTILINE)


def names_in(source, array):
    return set(re.findall(r'"([\w.]+)"', source.split(f"{array}[] = {{")[1].split("}")[0]))


def check_modules(root):
    library = root / "stdlib"
    modules = {path.relative_to(library).with_suffix("").as_posix().replace("/", "."): path for path in library.rglob("*.fx")}
    effects = {name for name, path in modules.items() if name in EFFECT_OF_MODULE.findall(path.read_text())}
    known = (root / "compiler/names/modules.c").read_text()
    wrong = []
    for array, there in (("standard_modules", set(modules) - {"Prelude"}), ("standard_effects", effects)):
        wrong += [f"compiler/names/modules.c: {array} and stdlib/ differ in {name}" for name in sorted(names_in(known, array) ^ there)]
    return wrong


HABIT = re.compile(r'\{(?:"\w+", )+"([A-Z]\w+)\.(\w+)"\}')


def check_habits(root):
    """What the hints for names of other languages advise is there."""
    source, wrong = (root / "compiler/names/habits.c").read_text(), []
    for module, name in HABIT.findall(source):
        library = (root / f"stdlib/{module}.fx").read_text()
        if not re.search(rf"^(?:(?:extern )?let |  ){name} ", library, re.MULTILINE):
            wrong.append(f"compiler/names/habits.c: there is no {module}.{name}")
    modules = re.search(r" modules\[\]\[2\] = \{(.*?)\n\};", source, re.DOTALL).group(1)
    meant = set(re.findall(r'\{"[\w.]+", "(\w+)"\}', modules))
    wrong += [f"compiler/names/habits.c: there is no module {module}" for module in sorted(meant) if not (root / f"stdlib/{module}.fx").exists()]
    return wrong if meant else ["compiler/names/habits.c: no table of modules"]


# ---- what the library says of its names ----

DECLARATION = re.compile(r"^(?:(?:opaque|extern) )?(let|type|alias|effect|cell) (?:\((.+?)\)|(\w+))")
OPERATION = re.compile(r"^  (\w+) :.* = ")


def check_documented(root):
    """Every public name of the library has a doc comment; that of an effect which the module is named after is the module's."""
    wrong = []
    for path in sorted((root / "stdlib").rglob("*.fx")):
        lines, effect = path.read_text().splitlines(), False
        for index, line in enumerate(lines):
            declared, operation = DECLARATION.match(line), OPERATION.match(line)
            if line and not line.startswith(" "):
                effect = bool(declared) and declared.group(1) == "effect"
            above = lines[index - 1].lstrip() if index else ""
            is_public = declared and not line.startswith("opaque") and not (effect and declared.group(3) == path.stem) or effect and operation
            if is_public and not above.startswith("///"):
                wrong.append(f"{path.relative_to(root)}:{index + 1}: no doc comment: {line.strip()}")
    return wrong


# An operation, or a public function that asks the world, whose answer may be an error.
FALLIBLE = re.compile(r"""^(?:\ \ (?P<operation>\w+)\ :\ (?:.*\ ->\ )?[^>\n]*\bResult\b[^>\n]*\ =\ (?:wait\ )?"
                         |  let\ (?P<function>\w+)(?:\ .*\))?\ :\ [^:=\n]*\bResult\b[^:=\n]*\ !\ \{[^}\n]*\}\ =)""", re.MULTILINE | re.VERBOSE)


def check_fallible(root):
    """Each has a spec of its success and one of its failure: NAME_ok and NAME_error in tests/spec/library/MODULE.fx."""
    wrong, library = [], root / "stdlib"
    for path in sorted(library.rglob("*.fx")):
        place = "tests/spec/library/" + "_".join(path.relative_to(library).with_suffix("").parts).lower() + ".fx"
        specs = set(re.findall(r"^spec (\w+)", (root / place).read_text(), re.MULTILINE)) if (root / place).exists() else set()
        for match in FALLIBLE.finditer(path.read_text()):
            name = match.group("operation") or match.group("function")
            wrong += [f"{place}: there is no spec {name}_{end}" for end in ("ok", "error") if f"{name}_{end}" not in specs]
    return wrong


RULE_ROW = re.compile(r"^\| (`[^|]*) \|", re.MULTILINE)


def check_semantics(root):
    """The rules of docs/semantics.md have the names of functions and constants of the semantics, and the files that it names are there."""
    page, folder = (root / "docs/semantics.md").read_text(), root / "compiler/semantics"
    written = {word for path in folder.glob("*.[ch]") for word in re.findall(r"\w+", path.read_text())}
    rows = RULE_ROW.findall(page)
    names = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    files = set(re.findall(r"`(\w+\.[ch])`", page))
    wrong = [f"docs/semantics.md: compiler/semantics/ has no {name}" for name in sorted(names - written)]
    wrong += [f"docs/semantics.md: there is no compiler/semantics/{name}" for name in sorted(files) if not (folder / name).exists()]
    return wrong if names and files else ["docs/semantics.md: no tables of rules"]


def find_style(context):
    checks = {"files": check_files, "functions": check_functions, "words": check_words, "modules": check_modules, "habits": check_habits, "documented": check_documented,
              "fallible": check_fallible, "semantics": check_semantics}
    return [rule_test(f"style/{name}", check, context.root) for name, check in checks.items()]
