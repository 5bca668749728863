#!/usr/bin/env python3
"""How Pluto shows a folder: conditions (RFC 9110 13), ranges (14), codings (8.4, 12.5.3), lists, applications, types, caching.

files.py [PLUTO]: the executable; without one it is built with the fx that FX names."""
import gzip
import os
import socket
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from wire import PATIENCE, Cases, Pluto, build, equal, true, wait_until  # noqa: E402

cases = Cases()
TEXT = b"0123456789abcdefghijklmnopqrstuvwxyz"
BIG = bytes(range(256)) * 1024  # 256 KiB: sent by sendfile
LONG_AGO = 784_111_777
LONG_AGO_TEXT = "Sun, 06 Nov 1994 08:49:37 GMT"


# Below and above those up to which an answer is one copy, is held by the system, is sent without being read.
LENGTHS = [0, 1, 2047, 2048, 2049, 4096, 4097, 10_240, 65_535, 65_536, 65_537]


def text_of(length):
    return (b"0123456789 " * (length // 11 + 1))[:length]


def write(path, data, modified=LONG_AGO):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
    os.utime(path, (modified, modified))


def make_site(folder):
    site = os.path.join(folder, "site")
    for name, data in {
        "index.html": b"<!doctype html><title>home</title>\n", "text.txt": TEXT, "big.bin": BIG, "empty.txt": b"", "style.css": b"body{}",
        "style.css.gz": gzip.compress(b"body{}"), "style.css.br": b"(brotli)", "code.js": b"1", "code.js.gz": gzip.compress(b"1"),
        "photo.png": b"\x89PNG", "photo.png.gz": b"never", "assets/app/main.js": b"app", "404.html": b"<p>Nothing is here, dear guest.",
        "list/b.txt": b"b" * 1536, "list/A.txt": b"a", "list/<i>&\"'.txt": b"x", "list/zoo/x": b"", "list/a:b": b"y", "list/.hidden": b"secret",
        "list/h\u00fctte.txt": b"z", "binary": b"\x00\x01\x02", "words": b"Gr\xc3\xbc\xc3\x9fe",
    }.items():
        write(os.path.join(site, name), data)
    for name in ["stale.css", "stale.css.gz"]:
        write(os.path.join(site, name), b"new" if name == "stale.css" else b"old", LONG_AGO + (100 if name == "stale.css" else 0))
    for length in LENGTHS:
        write(os.path.join(site, "lengths", f"{length}.txt"), text_of(length))
    outside = os.path.join(folder, "outside")
    write(os.path.join(outside, "secret.txt"), b"secret", LONG_AGO + 100)
    write(os.path.join(site, "folded.css"), b"a folder")
    os.makedirs(os.path.join(site, "folded.css.gz"))
    write(os.path.join(site, "led.css"), b"a link")
    os.symlink(os.path.join(outside, "secret.txt"), os.path.join(site, "led.css.br"))
    write(os.path.join(site, "future.txt"), b"later", 32_503_680_000)
    os.symlink(outside, os.path.join(site, "list", "out"))
    os.symlink("A.txt", os.path.join(site, "list", "link.txt"))
    return site


def get(pluto, target, *fields, method="GET"):
    head = "".join(f"{field}\r\n" for field in fields)
    return pluto.ask(f"{method} {target} HTTP/1.1\r\nHost: localhost\r\n{head}\r\n".encode("latin-1"), method)


def status_case(place, name, target, fields, status, method="GET"):
    """With ETAG in a field for the file's own."""
    @cases.case(f"{place} {name}")
    def check(pluto):
        tag = get(pluto, target).field("ETag") or ""
        answer = get(pluto, target, *[field.replace("ETAG", tag) for field in fields], method=method)
        equal(answer.status, status, "status")
        if status == 304:
            equal(answer.body, b"", "body")
            equal(answer.field("ETag"), tag, "ETag")


BEFORE, AFTER = "Sun, 06 Nov 1994 08:49:36 GMT", "Sun, 06 Nov 1994 08:49:38 GMT"
for place, name, fields, status in [
    ("9110 13.1.2", "If-None-Match with the tag", ["If-None-Match: ETAG"], 304),
    ("9110 13.1.2", "If-None-Match with the tag, weak", ["If-None-Match: W/ETAG"], 304),
    ("9110 13.1.2", "If-None-Match with the tag among others", ["If-None-Match: \"a,b\", ETAG"], 304),
    ("9110 13.1.2", "If-None-Match with the tag in a second field", ["If-None-Match: \"a\"", "If-None-Match: ETAG"], 304),
    ("9110 13.1.2", "If-None-Match with another tag", ["If-None-Match: \"a\""], 200),
    ("9110 13.1.2", "If-None-Match: *", ["If-None-Match: *"], 304),
    ("9110 13.1.2", "If-None-Match without quotes", ["If-None-Match: a"], 200),
    ("9110 13.1.2", "If-None-Match, empty", ["If-None-Match:"], 200),
    ("9110 13.1.2", "If-None-Match with an empty tag", ["If-None-Match: \"\""], 200),
    ("9110 13.1.2", "If-None-Match with the tag and a comma", ["If-None-Match: , ETAG,"], 304),
    ("9110 13.1.2", "If-None-Match with a star in quotes", ["If-None-Match: \"*\""], 200),
    ("9110 8.8.3", "If-None-Match with a small w", ["If-None-Match: w/ETAG"], 200),
    ("9110 8.8.3", "If-Match with a small w", ["If-Match: w/ETAG"], 412),
    ("9110 13.1.1", "If-Match with the tag among others, one of them weak", ["If-Match: W/\"a\", ETAG"], 200),
    ("9110 13.1.3", "If-Modified-Since, the same time", [f"If-Modified-Since: {LONG_AGO_TEXT}"], 304),
    ("9110 13.1.3", "If-Modified-Since, later", [f"If-Modified-Since: {AFTER}"], 304),
    ("9110 13.1.3", "If-Modified-Since, earlier", [f"If-Modified-Since: {BEFORE}"], 200),
    ("9110 5.6.7", "If-Modified-Since as RFC 850 wrote it", ["If-Modified-Since: Sunday, 06-Nov-94 08:49:37 GMT"], 304),
    ("9110 5.6.7", "If-Modified-Since as asctime writes it", ["If-Modified-Since: Sun Nov  6 08:49:37 1994"], 304),
    ("9110 5.6.7", "If-Modified-Since as RFC 850 wrote it, of this century", ["If-Modified-Since: Thursday, 06-Nov-25 08:49:37 GMT"], 304),
    ("9110 5.6.7", "If-Modified-Since as RFC 850 wrote it, of the last", ["If-Modified-Since: Thursday, 06-Nov-80 08:49:37 GMT"], 200),
    ("9110 5.6.7", "If-Modified-Since, another zone", ["If-Modified-Since: Sun, 06 Nov 1994 08:49:37 UTC"], 200),
    ("9110 5.6.7", "If-Modified-Since, no such day", ["If-Modified-Since: Fri, 31 Feb 1995 08:49:37 GMT"], 200),
    ("9110 5.6.7", "If-Modified-Since with a length behind it", [f"If-Modified-Since: {LONG_AGO_TEXT}; length=36"], 200),
    ("9110 13.1.3", "If-Modified-Since, a date to come", ["If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT"], 304),
    ("9110 5.3", "If-Modified-Since twice", [f"If-Modified-Since: {AFTER}", f"If-Modified-Since: {AFTER}"], 200),
    ("9110 13.1.3", "If-Modified-Since that is no date", ["If-Modified-Since: yesterday"], 200),
    ("9110 13.1.3", "If-None-Match goes before If-Modified-Since", [f"If-Modified-Since: {AFTER}", "If-None-Match: \"a\""], 200),
    ("9110 13.1.1", "If-Match with the tag", ["If-Match: ETAG"], 200),
    ("9110 13.1.1", "If-Match with the tag, weak", ["If-Match: W/ETAG"], 412),
    ("9110 13.1.1", "If-Match with another tag", ["If-Match: \"a\""], 412),
    ("9110 13.1.1", "If-Match: *", ["If-Match: *"], 200),
    ("9110 13.1.4", "If-Unmodified-Since, the same time", [f"If-Unmodified-Since: {LONG_AGO_TEXT}"], 200),
    ("9110 13.1.4", "If-Unmodified-Since, earlier", [f"If-Unmodified-Since: {BEFORE}"], 412),
    ("9110 13.2.2", "If-Match goes before If-Unmodified-Since", [f"If-Unmodified-Since: {BEFORE}", "If-Match: ETAG"], 200),
    ("9110 13.2.2", "If-Match and If-None-Match", ["If-Match: ETAG", "If-None-Match: ETAG"], 304),
    ("9110 13.2.2", "a condition goes before a range", ["If-None-Match: ETAG", "Range: bytes=0-1"], 304),
]:
    for target in ["/text.txt", "/big.bin"]:
        status_case(place, f"{name} ({target})", target, fields, status)
        if target == "/text.txt":
            status_case(place, f"{name} (HEAD)", target, fields, status if status != 206 else 200, "HEAD")


def range_case(name, value, expected, *more, place="9110 14.2"):
    """expected: (first, last) of one part, a list of those, 200 or 416."""
    for target, data in [("/text.txt", TEXT), ("/big.bin", BIG)]:
        def check(pluto, target=target, data=data):
            whole = get(pluto, target)
            size = len(data)
            answer = get(pluto, target, f"Range: {value}", *[field.replace("ETAG", whole.field("ETag")) for field in more])
            parts = expected(size) if callable(expected) else expected
            if parts == 200:
                equal((answer.status, answer.body == data, answer.field("Content-Range")), (200, True, None), "the whole")
            elif parts == 416:
                equal((answer.status, answer.field("Content-Range")), (416, f"bytes */{size}"), "no part")
            elif isinstance(parts, tuple):
                first, last = parts
                equal((answer.status, answer.field("Content-Range")), (206, f"bytes {first}-{last}/{size}"), "part")
                equal(answer.body == data[first:last + 1], True, "bytes")
                equal(answer.field("ETag"), whole.field("ETag"), "ETag")
            else:
                equal(answer.status, 206, "status")
                equal(read_parts(answer), [(f"bytes {first}-{last}/{size}", data[first:last + 1]) for first, last in parts], "parts")
        cases.add(f"{place} {name} ({target})", check)


def read_parts(answer):
    """RFC 9110 14.6."""
    kind, _, boundary = answer.field("Content-Type").partition("; boundary=")
    equal((kind, answer.field("Content-Range")), ("multipart/byteranges", None), "type")
    pieces = answer.body.split(b"\r\n--" + boundary.encode())
    equal((pieces[0], pieces[-1]), (b"", b"--\r\n"), "the ends")
    parts = []
    for piece in pieces[1:-1]:
        head, _, data = piece.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().strip().split("\r\n"))
        parts.append((fields["Content-Range"], data))
    return parts


range_case("the first bytes", "bytes=0-4", (0, 4))
range_case("one byte", "bytes=0-0", (0, 0))
range_case("from the middle", "bytes=10-", lambda size: (10, size - 1))
range_case("the last bytes", "bytes=-5", lambda size: (size - 5, size - 1))
range_case("more than there is at the end", "bytes=-999999999", lambda size: (0, size - 1))
range_case("beyond the end", "bytes=30-999999999", lambda size: (30, size - 1))
range_case("the unit in capitals", "BYTES=0-4", (0, 4))
range_case("blanks in the list", "bytes= 0-4 , ", (0, 4))
range_case("two parts", "bytes=0-1,4-5", [(0, 1), (4, 5)])
range_case("parts out of order", "bytes=20-25, 0-0, -1", lambda size: [(20, 25), (0, 0), (size - 1, size - 1)])
range_case("one part inside, one outside", "bytes=999999999-, 3-4", (3, 4))
range_case("outside", "bytes=999999999-", 416, place="9110 15.5.17")
range_case("no byte at the end", "bytes=-0", 416, place="9110 15.5.17")
range_case("backwards", "bytes=4-2", 200)
range_case("another unit", "lines=0-4", 200)
range_case("no range", "bytes=", 200)
range_case("no number", "bytes=a-b", 200)
range_case("a sign", "bytes=+1-2", 200)
range_case("to a number that fits no Int", "bytes=3-99999999999999999999", lambda size: (3, size - 1))
range_case("from a number that fits no Int", "bytes=99999999999999999999-", 416, place="9110 15.5.17")
range_case("more at the end than fits an Int", "bytes=-99999999999999999999", lambda size: (0, size - 1))
range_case("a number with many zeros", "bytes=00000000000000000000000-4", (0, 4))
range_case("all of it", "bytes=0-", lambda size: (0, size - 1))
range_case("parts that touch", "bytes=0-1,2-3", [(0, 1), (2, 3)])
range_case("the same part twice", "bytes=0-0,0-0", 200, place="9110 14.2, 17.15")
range_case("a part twice, once from the end", "bytes=2-,-1", 200, place="9110 14.2, 17.15")
range_case("one part inside, no byte at the end", "bytes=0-0,-0", (0, 0))
range_case("neither first nor last", "bytes=-", 200)
range_case("two signs", "bytes=--1", 200)
range_case("blanks within", "bytes=0 - 4", 200)
range_case("a blank before the sign of equality", "bytes =0-4", 200)
range_case("one part of two is none", "bytes=0-4,a", 200)
range_case("a parameter", "bytes=0-4;x", 200)
range_case("If-Range with the tag in a list", "bytes=0-4", 200, "If-Range: ETAG, ETAG", place="9110 13.1.5")
range_case("If-Range with the date as RFC 850 wrote it", "bytes=0-4", (0, 4), "If-Range: Sunday, 06-Nov-94 08:49:37 GMT", place="9110 13.1.5")
range_case("If-Range that is nothing", "bytes=0-4", 200, "If-Range: yesterday", place="9110 13.1.5")
range_case("overlapping parts", "bytes=0-9,5-14", 200, place="9110 14.2, 17.15")
range_case("many parts", "bytes=" + ",".join(f"{2 * n}-{2 * n}" for n in range(17)), 200, place="9110 14.2, 17.15")
range_case("sixteen parts", "bytes=" + ",".join(f"{2 * n}-{2 * n}" for n in range(16)), [(2 * n, 2 * n) for n in range(16)])
range_case("If-Range with the tag", "bytes=0-4", (0, 4), "If-Range: ETAG", place="9110 13.1.5")
range_case("If-Range with a weak tag", "bytes=0-4", 200, "If-Range: W/ETAG", place="9110 13.1.5")
range_case("If-Range with another tag", "bytes=0-4", 200, "If-Range: \"a\"", place="9110 13.1.5")
range_case("If-Range with the date", "bytes=0-4", (0, 4), f"If-Range: {LONG_AGO_TEXT}", place="9110 13.1.5")
range_case("If-Range with another date", "bytes=0-4", 200, f"If-Range: {AFTER}", place="9110 13.1.5")


@cases.case("9110 14.2 Range is for GET alone; 14.3 Accept-Ranges")
def _(pluto):
    answer = get(pluto, "/text.txt", "Range: bytes=0-4", method="HEAD")
    equal((answer.status, answer.field("Content-Length"), answer.field("Accept-Ranges")), (200, str(len(TEXT)), "bytes"), "answer")


@cases.case("9110 14.1.2 no range of an empty file can be satisfied")
def _(pluto):
    equal(get(pluto, "/empty.txt", "Range: bytes=0-0").status, 416, "status")
    equal(get(pluto, "/empty.txt", "Range: bytes=-1").status, 416, "status")
    equal(get(pluto, "/empty.txt").status, 200, "status")


@cases.case("9110 8.8.2 Last-Modified, 8.8.3 ETag")
def _(pluto):
    answer = get(pluto, "/text.txt")
    equal(answer.field("Last-Modified"), LONG_AGO_TEXT, "Last-Modified")
    true(answer.field("ETag").startswith('"') and answer.field("ETag").endswith('"'), "a strong tag")
    true(answer.field("ETag") != get(pluto, "/big.bin").field("ETag"), "two files, one tag")


@cases.case("9110 8.8.2.1 Last-Modified does not lie in the future")
def _(pluto):
    answer = get(pluto, "/future.txt")
    equal((answer.body, answer.field("Last-Modified")), (b"later", None), "answer")
    equal(get(pluto, "/future.txt", f"If-None-Match: {answer.field('ETag')}").status, 304, "its tag")
    equal(get(pluto, "/future.txt", f"If-Modified-Since: {answer.field('Date')}").status, 200, "its time")


@cases.case("9110 5.3 two Range fields are one list, and no range")
def _(pluto):
    equal(get(pluto, "/text.txt", "Range: bytes=0-1", "Range: bytes=3-4").status, 200, "status")


@cases.case("9110 15.4.5 a 304 has what a 200 would have, and no length or type")
def _(pluto):
    whole = get(pluto, "/style.css")
    answer = get(pluto, "/style.css", f"If-None-Match: {whole.field('ETag')}")
    for name in ["ETag", "Last-Modified", "Cache-Control", "Vary"]:
        equal(answer.field(name), whole.field(name), name)
    equal((answer.field("Content-Length"), answer.field("Content-Type")), (None, None), "what it must not have")


# ---- codings ----

for accepted, coding, body in [
    (None, None, b"body{}"), ("gzip, deflate, br", "br", b"(brotli)"), ("gzip", "gzip", gzip.compress(b"body{}")), ("GZIP", "gzip", None),
    ("br;q=0.5, gzip;q=0.8", "gzip", None), ("br;q=0, gzip;q=0", None, b"body{}"), ("identity", None, b"body{}"), ("*", "br", None),
    ("*;q=0, gzip", "gzip", None), ("gzip;q=0.001", "gzip", None), ("", None, b"body{}"), ("zstd", None, b"body{}"), ("gzip;q=junk", None, b"body{}"),
    ("identity;q=0", None, b"body{}"), ("identity;q=0, gzip", "gzip", None), ("*;q=0", None, b"body{}"), ("*;q=0.5, br;q=0", "gzip", None),
    ("gzip;q=0.5, identity", None, b"body{}"), ("gzip;q=0.000", None, b"body{}"), ("gzip;q=1.001", None, b"body{}"), ("gzip ; q=0.5", "gzip", None),
    ("x-gzip", "gzip", None), (", ,gzip", "gzip", None),
]:
    def check_coding(pluto, accepted=accepted, coding=coding, body=body):
        answer = get(pluto, "/style.css", *([f"Accept-Encoding: {accepted}"] if accepted is not None else []))
        equal(answer.field("Content-Encoding"), coding, "Content-Encoding")
        equal((answer.field("Vary"), answer.field("Content-Type")), ("Accept-Encoding", "text/css; charset=utf-8"), "Vary and type")
        if body and coding != "gzip":
            equal(answer.body, body, "body")
        elif coding == "gzip":
            equal(gzip.decompress(answer.body), b"body{}", "body")
    cases.add(f"9110 12.5.3 Accept-Encoding: {accepted}", check_coding)


@cases.case("9110 8.8.3.3 each coding has a tag of its own, and a range is one of the coded bytes")
def _(pluto):
    plain, packed = get(pluto, "/style.css"), get(pluto, "/style.css", "Accept-Encoding: br")
    true(plain.field("ETag") != packed.field("ETag"), "two codings, one tag")
    equal(get(pluto, "/style.css", "Accept-Encoding: br", f"If-None-Match: {packed.field('ETag')}").status, 304, "with its tag")
    equal(get(pluto, "/style.css", "Accept-Encoding: br", f"If-None-Match: {plain.field('ETag')}").status, 200, "with the other's")
    part = get(pluto, "/style.css", "Accept-Encoding: br", "Range: bytes=1-3", f"If-Range: {packed.field('ETag')}")
    equal((part.status, part.body, part.field("Content-Encoding"), part.field("Vary")), (206, b"bro", "br", "Accept-Encoding"), "part")
    equal(get(pluto, "/style.css", "Accept-Encoding: br", "Range: bytes=1-3", f"If-Range: {plain.field('ETag')}").status, 200, "a part of the other")
    equal(get(pluto, "/style.css", "Accept-Encoding: br", "Range: bytes=1-2,-1").status, 206, "parts")
    equal(get(pluto, "/style.css", "Accept-Encoding: br", "Range: bytes=8-").field("Content-Range"), "bytes */8", "beyond its end")
    head = get(pluto, "/style.css", "Accept-Encoding: br", method="HEAD")
    equal([head.field(name) for name in ["Content-Length", "Content-Encoding", "ETag"]], ["8", "br", packed.field("ETag")], "HEAD")
    unchanged = get(pluto, "/style.css", "Accept-Encoding: br", f"If-None-Match: {packed.field('ETag')}")
    equal((unchanged.field("Vary"), unchanged.field("Content-Encoding")), ("Accept-Encoding", None), "304")


@cases.case("9110 12.5.3 what is packed already, and what is older than its original, is not asked for")
def _(pluto):
    for target, body in [("/photo.png", b"\x89PNG"), ("/stale.css", b"new"), ("/folded.css", b"a folder"), ("/led.css", b"a link")]:
        answer = get(pluto, target, "Accept-Encoding: gzip, br")
        equal((answer.body, answer.field("Content-Encoding")), (body, None), target)


@cases.case("a packed file by its own name is only a file")
def _(pluto):
    answer = get(pluto, "/style.css.gz")
    equal((answer.field("Content-Encoding"), answer.field("Content-Type")), (None, "application/gzip"), "fields")


# ---- types, caching, pages ----

for target, kind in [("/words", "text/plain; charset=utf-8"), ("/binary", "application/octet-stream"), ("/big.bin", "application/octet-stream"),
                     ("/style.css", "text/css; charset=utf-8"), ("/photo.png", "image/png")]:
    def check_type(pluto, target=target, kind=kind):
        answer = get(pluto, target)
        equal((answer.field("Content-Type"), answer.field("X-Content-Type-Options")), (kind, "nosniff"), "type")
    cases.add(f"9110 8.3 the type of {target}", check_type)

for target, caching in [("/assets/app/main.js", "max-age=31536000, immutable"), ("/style.css", "max-age=60"), ("/code.js", "max-age=604800"),
                        ("/index.html", "no-cache")]:
    def check_caching(pluto, target=target, caching=caching):
        equal(get(pluto, target).field("Cache-Control"), caching, "Cache-Control")
    cases.add(f"9111 5.2 --cache, {target}", check_caching)


@cases.case("9110 15.5.5 404.html")
def _(pluto):
    answer = get(pluto, "/gone.html")
    equal((answer.status, answer.body, answer.field("Cache-Control"), answer.field("ETag")), (404, b"<p>Nothing is here, dear guest.", "no-cache", None), "answer")
    equal(get(pluto, "/gone.html", "If-None-Match: *", "Range: bytes=0-3").status, 404, "status")
    equal((get(pluto, "/list/.hidden").body, get(pluto, "/list/.gone").body), (answer.body, answer.body), "of a hidden name, whether it is there or not")


@cases.case("9110 15.4.2 a folder without its slash keeps its query")
def _(pluto):
    equal(get(pluto, "/list?sort=name").field("Location"), "/list/?sort=name", "Location")


@cases.case("--listing: folders first, by name, escaped, nothing hidden, nothing outside")
def _(pluto):
    answer = get(pluto, "/list/")
    page = answer.body.decode()
    equal((answer.status, answer.field("Content-Type"), answer.field("Cache-Control")), (200, "text/html; charset=utf-8", "no-cache"), "answer")
    rows = [line for line in page.split("\n") if line.startswith("<tr><td>")]
    for row, expected in zip(rows, [
        '<tr><td><a href="../">..</a><td><td>',
        '<tr><td><a href="./zoo/">zoo/</a><td><td>',
        '<tr><td><a href="./%3Ci%3E%26%22%27.txt">&lt;i&gt;&amp;&quot;&#39;.txt</a><td>1 B<td>1994-11-06 08:49',
        '<tr><td><a href="./A.txt">A.txt</a><td>1 B<td>1994-11-06 08:49',
        '<tr><td><a href="./a%3Ab">a:b</a><td>1 B<td>1994-11-06 08:49',
        '<tr><td><a href="./b.txt">b.txt</a><td>1.5 KiB<td>1994-11-06 08:49',
        '<tr><td><a href="./h%C3%BCtte.txt">h\u00fctte.txt</a><td>1 B<td>1994-11-06 08:49',
        '<tr><td><a href="./link.txt">link.txt</a><td>1 B<td>1994-11-06 08:49',
    ], strict=True):
        true(row.startswith(expected), f"row {row!r}, expected {expected!r}")
    equal(get(pluto, "/list/%3Ci%3E%26%22%27.txt").body, b"x", "where the link leads")


@cases.case("--listing: index.html goes before it, and a folder that is not there stays missing")
def _(pluto):
    equal(get(pluto, "/").body, b"<!doctype html><title>home</title>\n", "index.html")
    equal(get(pluto, "/nowhere/").status, 404, "status")
    equal(get(pluto, "/list/out/").status, 404, "a folder outside")


# ---- files that change ----

def change_site(folder):
    for name in ["turn.txt", "grow.bin", "shrink.bin", "swap.bin"]:
        write(os.path.join(folder, name), b"old" if name == "turn.txt" else b"x" * 8_000_000)


@cases.case("a page that changes is sent as it is, a second later at the latest")
def _(pluto):
    path = os.path.join(pluto.folder, "turn.txt")
    equal(get(pluto, "/turn.txt").body, b"old", "before")
    tag = get(pluto, "/turn.txt").field("ETag")
    for body in [b"new", b"newer", b"xyz"]:
        write(path, body, LONG_AGO)  # the very same time: the size or the file's number tells
        os.replace(path, path + "~")
        write(path, body, LONG_AGO)
        true(wait_until(lambda body=body: get(pluto, "/turn.txt").body == body), f"not {body!r}")
    os.utime(path, (LONG_AGO + 9, LONG_AGO + 9))
    true(wait_until(lambda: get(pluto, "/turn.txt", f"If-None-Match: {tag}").status == 200), "the tag of the first is good for the last")
    os.remove(path)
    true(wait_until(lambda: get(pluto, "/turn.txt").status == 404), "still there")


@cases.case("9110 8.8.2.1 a file from the future has Last-Modified when its time has come")
def _(pluto):
    path = os.path.join(pluto.folder, "soon.txt")
    write(path, b"soon", time.time() + 3)
    get(pluto, "/soon.txt")
    true(wait_until(lambda: get(pluto, "/soon.txt").field("Last-Modified")), "it has none")


@cases.case("9112 9.3.2 files of each length, pipelined: all of it, its head, a part, all of it again")
def _(pluto):
    for length in LENGTHS:
        target, text = f"/lengths/{length}.txt", text_of(length)
        asked = [("GET", ""), ("HEAD", ""), ("GET", "Range: bytes=-1000\r\n"), ("GET", "Connection: close\r\n")]
        with pluto.client() as client:
            client.send("".join(f"{method} {target} HTTP/1.1\r\nHost: x\r\n{fields}\r\n" for method, fields in asked).encode())
            answers = [client.answer(method) for method, _ in asked]
            client.closed()
        part = (206, text[-1000:]) if length else (416, answers[2].body)
        expected = [(200, text), (200, b""), part, (200, text)]
        true([(answer.status, answer.body) for answer in answers] == expected, f"{length}: {[(answer.status, len(answer.body)) for answer in answers]}")
        equal(answers[1].field("Content-Length"), str(length), "of HEAD")


@cases.case("9112 9.3.2 what is asked for often, pipelined with other questions about it: the same answer each time, but for its date")
def _(pluto):
    for length in [2048, 10_240, 65_536]:
        target, text = f"/lengths/{length}.txt", text_of(length)
        asked = [("GET", "1.1", ""), ("HEAD", "1.1", ""), ("GET", "1.1", "Range: bytes=0-9\r\n"), ("GET", "1.0", "Connection: keep-alive\r\n"), ("GET", "1.1", "")]
        heads = {}
        with pluto.client() as client:
            for _ in range(20):
                client.send("".join(f"{method} {target} HTTP/{version}\r\nHost: x\r\n{fields}\r\n" for method, version, fields in asked).encode())
                for index, (method, _, fields) in enumerate(asked):
                    answer = client.answer(method)
                    equal(answer.body, b"" if method == "HEAD" else text[:10] if fields.startswith("Range") else text, f"{length}, question {index}")
                    heads.setdefault(index, set()).add(str([(name, value) for name, value in answer.fields if name != "Date"]))
        true(all(len(each) == 1 for each in heads.values()) and heads[0] == heads[1] == heads[4], f"{length}: heads differ: {heads}")


@cases.case("a file that is held and changes again and again: each answer is one of its states, and soon the last")
def _(pluto):
    path = os.path.join(pluto.folder, "state.txt")
    states = [bytes([65 + index]) * (3000 + 1000 * index) for index in range(20)]
    for state in states:
        write(path + "~", state)
        os.replace(path + "~", path)
        for _ in range(12):
            true(get(pluto, "/state.txt").body in states, "none of its states")
    true(wait_until(lambda: get(pluto, "/state.txt").body == states[-1]), "not the last")


for name, change in [("shrinks", lambda path: os.truncate(path, 1_000_000)), ("grows", lambda path: open(path, "ab").write(b"y")),
                     ("is written anew", lambda path: open(path, "r+b").write(b"z" * 100))]:
    def check_change(pluto, name=name, change=change):
        target = {"shrinks": "shrink.bin", "grows": "grow.bin", "is written anew": "swap.bin"}[name]
        path = os.path.join(pluto.folder, target)
        size = os.path.getsize(path)
        with socket.socket() as raw:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 131072)
            raw.settimeout(PATIENCE)
            raw.connect(("127.0.0.1", pluto.port))
            raw.sendall(f"GET /{target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            received = len(raw.recv(1000))
            change(path)
            while data := raw.recv(65536):
                received += len(data)
        true(received < size, f"{received} bytes came")
        expected = os.path.getsize(path)
        true(wait_until(lambda: get(pluto, f"/{target}").field("Content-Length") == str(expected)), "not as it is")
    cases.add(f"a file that {name} while it is sent closes the connection", check_change)


# ---- an application ----

def check_application(executable, site):
    pluto = Pluto(site, executable, "--spa")
    wrong = []
    for target, status, body in [("/orders/17", 200, b"<!doctype html><title>home</title>\n"), ("/orders/", 200, None), ("/list/", 200, None),
                                 ("/gone.css", 404, None), ("/text.txt", 200, TEXT), ("/.git/x", 404, None)]:
        answer = get(pluto, target)
        if answer.status != status or body not in (None, answer.body):
            wrong.append(f"--spa {target}: {answer.status} {answer.body[:60]!r}")
    pluto.stop()
    for problem in wrong:
        print(f"failed: {problem}")
    return 6 - len(wrong), len(wrong)


def main():
    with tempfile.TemporaryDirectory() as folder:
        executable = sys.argv[1] if len(sys.argv) > 1 else build("examples/pluto/pluto.fx", folder)
        site = make_site(folder)
        change_site(site)
        pluto = Pluto(site, executable, "--listing", "--cache", "/assets/**=max-age=31536000, immutable", "--cache", "*.css=max-age=60")
        pluto.folder = site
        counts = [cases.run(pluto), check_application(executable, site)]
        status, log = pluto.stop()
        if "fault" in log or status != 0:
            print(f"failed: status {status}\n{log[-2000:]}")
            counts.append((0, 1))
    passed, failed = (sum(column) for column in zip(*counts))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
