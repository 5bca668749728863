#!/usr/bin/env python3
"""The site about fx, asked of Pluto: every page is whole, every link leads somewhere, and every program shown is the one in examples/.

site.py [PLUTO [FOLDER]]: the executable, built with the fx that FX names if there is none; the site's folder.
site.py --write: shows the programs in the pages anew, as they are in examples/ and stdlib/."""
import html
import html.parser
import os
import re
import sys
import tempfile
import textwrap
import urllib.parse

sys.dont_write_bytecode = True

from wire import ROOT, Pluto, build  # noqa: E402

EMPTY = {"meta", "link", "img", "br", "hr"}
OPTIONAL = {"html", "p", "li"}


class Page(html.parser.HTMLParser):
    """Tags in balance, the addresses a page refers to, and the programs it shows."""

    def __init__(self):
        super().__init__()
        self.open, self.links, self.shown, self.problems, self.program = [], [], [], [], None

    def handle_starttag(self, tag, attributes):
        fields = dict(attributes)
        self.links += [fields[name] for name in ("href", "src") if name in fields]
        if tag == "img" and "alt" not in fields:
            self.problems.append(f"a picture without alt: {fields.get('src')}")
        if tag == "pre" and fields.get("class") != "out":
            self.program = (fields.get("data-file"), fields.get("data-excerpt"))
            self.shown.append((*self.program, []))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open[-1] != tag and self.open[-1] in OPTIONAL:
            self.open.pop()
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}> without its start, line {self.getpos()[0]}")
        if tag == "pre":
            self.program = None

    def handle_data(self, data):
        if self.program:
            self.shown[-1][2].append(data)


def is_shown_as_it_is(whole, excerpt, text):
    """A program is a file of examples/, or lines of one that stand together, which may be indented there."""
    if not (whole or excerpt):
        return False
    with open(os.path.join(ROOT, whole or excerpt), encoding="utf-8") as file:
        program = file.read()
    if whole:
        return program.strip("\n") == text
    return any("\n" + textwrap.indent(text, " " * depth) + "\n" in "\n" + program for depth in (0, 2, 4))


WORDS = re.compile(r"""
    (?P<c>//[^\n]*) | (?P<s>\"\"\".*?\"\"\" | "(?:\\.|[^"\\\n])*") |
    (?P<k>\b(?:import|as|let!|and!|do!|match!|let|match|with|when|if|then|else|fun|type|opaque|private|alias|effect|cell|extern|handle|ctl|test|in)(?![\w]))
    | (?P<t>\b[A-Z][A-Za-z_0-9]*) | (?P<n>\b[a-z_][A-Za-z_0-9']*)""", re.VERBOSE | re.DOTALL)


def coloured(program):
    """The program as HTML: comments, strings, keywords and what begins with a capital are marked."""
    done, at = [], 0
    for word in WORDS.finditer(program):
        done.append(html.escape(program[at:word.start()], quote=False))
        text = html.escape(word.group(), quote=False)
        done.append(text if word.lastgroup == "n" else f'<span class="{word.lastgroup}">{text}</span>')
        at = word.end()
    return "".join(done) + html.escape(program[at:], quote=False)


def write_programs(folder):
    """Each whole program that a page shows, from its file."""
    for top, _, names in os.walk(folder):
        for path in [os.path.join(top, name) for name in names if name.endswith(".html")]:
            with open(path, encoding="utf-8") as file:
                before = file.read()

            def show(match):
                with open(os.path.join(ROOT, match.group(1)), encoding="utf-8") as program:
                    return f'<pre data-file="{match.group(1)}"><code>{coloured(program.read().strip())}</code></pre>'

            after = re.sub(r'<pre data-file="([^"]+)"><code>.*?</code></pre>', show, before, flags=re.DOTALL)
            if after != before:
                with open(path, "w", encoding="utf-8") as file:
                    file.write(after)


def check_page(address, body):
    """Answers the page's links, and what is wrong with it."""
    page = Page()
    page.feed(body.decode("utf-8"))
    problems = page.problems + [f"<{tag}> is never closed" for tag in page.open if tag not in OPTIONAL]
    for whole, excerpt, pieces in page.shown:
        if not is_shown_as_it_is(whole, excerpt, "".join(pieces).strip("\n")):
            problems.append(f"shows {whole or excerpt or 'a program of no file'} otherwise than it is: {pieces[0]!r}...")
    return [urllib.parse.urljoin(address, link) for link in page.links], problems


def main():
    if sys.argv[1:] == ["--write"]:
        write_programs(os.path.join(ROOT, "examples/pluto/site"))
        return 0
    folder = sys.argv[2] if len(sys.argv) > 2 else os.path.join(ROOT, "examples/pluto/site")
    passed, wrong = 0, []
    with tempfile.TemporaryDirectory() as place:
        pluto = Pluto(folder, sys.argv[1] if len(sys.argv) > 1 else build("examples/pluto/pluto.fx", place))
        seen, waiting = set(), ["/"]
        while waiting:
            address = waiting.pop()
            if address in seen or not address.startswith("/"):
                continue
            seen.add(address)
            answer = pluto.get(address)
            links, problems = [], []
            if answer.status != 200:
                problems = [f"status {answer.status}"]
            elif answer.field("Content-Type").startswith("text/html"):
                links, problems = check_page(address, answer.body)
            waiting += links
            wrong += [f"{address}: {problem}" for problem in problems]
            passed += not problems
        files = {os.path.join(top, name) for top, _, names in os.walk(folder) for name in names}
        reached = {os.path.join(folder, address[1:] + ("index.html" if address.endswith("/") else "")) for address in seen}
        wrong += [f"{file} is not reached from the home page" for file in sorted(files - reached)]
        status, log = pluto.stop()
        if status != 0:
            wrong.append(f"status {status} after SIGTERM, expected 0\n{log[-2000:]}")
    for problem in wrong:
        print(f"failed: {problem}")
    print(f"{passed} passed, {len(wrong)} failed")
    return 1 if wrong or passed < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
