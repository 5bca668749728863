#!/usr/bin/env python3
"""Pluto and nginx are asked the same 300 and more questions; answers are compared by status, header fields that matter, and body.

differential.py [PLUTO]. Each difference is one of KNOWN, which docs/pluto.md explains, or a failure. Needs nginx."""
import concurrent.futures
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from wire import Client, Pluto, Wrong, build  # noqa: E402

LONG_AGO = 784_111_777
FIELDS = ["Content-Type", "Content-Length", "Content-Range", "Content-Encoding", "Last-Modified", "Accept-Ranges", "Connection", "Location", "Vary"]

# What differs for a reason: (name of the reason in docs/pluto.md, whether it explains this difference). `one` is nginx's answer, `two` Pluto's.
KNOWN = [
    ("own pages", lambda asked, one, two, what: one.status == two.status and one.status >= 300 and what in ("Content-Length", "Content-Type", "body")),
    ("strict requests", lambda asked, one, two, what: what == "status" and two.status == 400 and asked.group in ("lines", "fields", "bodies", "targets")),
    ("strict requests", lambda asked, one, two, what: what == "answers" and asked.group in ("lines", "fields", "bodies")),
    ("methods", lambda asked, one, two, what: what == "status" and (one.status, two.status) in [(405, 501), (405, 200), (400, 501), (400, 405)]),
    ("methods", lambda asked, one, two, what: asked.group == "methods" and two.status == 200),
    ("lengths", lambda asked, one, two, what: what == "status" and {one.status, two.status} <= {400, 414, 431, 200, 404} and asked.group == "lengths"),
    ("hidden files", lambda asked, one, two, what: two.status == 404 and "/." in asked.data.decode("latin-1").split(" ")[1]),
    ("links", lambda asked, one, two, what: two.status == 404 and b"/out" in asked.data),
    ("vary", lambda asked, one, two, what: what == "Vary"),
    ("ranges", lambda asked, one, two, what: asked.group == "ranges" and "multiple" in asked.name),
    ("ranges", lambda asked, one, two, what: asked.group == "ranges" and two.status == 200 and what in ("status", "Content-Range", "Content-Length",
    "body", "Content-Type", "Last-Modified", "Accept-Ranges", "Connection")),
    ("dates that are none", lambda asked, one, two, what: what == "status" and asked.name.endswith(("Since: yesterday", "Since: "))),
    ("tags before dates", lambda asked, one, two, what: what == "status" and "with a date" in asked.name),
    ("any coding", lambda asked, one, two, what: asked.group == "codings" and asked.name == "*"),
    ("version 0.9", lambda asked, one, two, what: what == "status" and two.status == 505),
    ("an empty Host", lambda asked, one, two, what: what == "status" and asked.name.endswith("'Host:\\r\\n'")),
    ("closing", lambda asked, one, two, what: what == "Connection"),
    ("types", lambda asked, one, two, what: what == "Content-Type" and two.field("Content-Type").startswith("application/octet-stream")),
    ("accept-ranges", lambda asked, one, two, what: what == "Accept-Ranges"),
]


class Asked:
    def __init__(self, group, name, data, method="GET"):
        self.group, self.name, self.data, self.method = group, name, data, method


def request(target="/", method="GET", version="HTTP/1.1", fields="Host: localhost\r\n", body=""):
    return f"{method} {target} {version}\r\n{fields}\r\n{body}".encode("latin-1")


def questions():
    targets = ["/", "/index.html", "/text.txt", "/big.bin", "/empty.txt", "/style.css", "/folder", "/folder/", "/folder/index.html", "/gone",
        "/gone/", "/a%20b.html",
               "/100%25.html", "/%69ndex.html", "/index.html?x=y", "/index.html?", "//index.html", "/./index.html", "/folder/../index.html", "/folder/..",
               "/../index.html", "/%2e%2e/index.html", "/folder/%2e%2e/index.html", "/index.html%00", "/%", "/%zz", "/.hidden", "/.git/config",
               "/.well-known/x",
               "/out.txt", "/link.txt", "/nofolder/index.html", "/index.html/", "/index.html/x", "/semi;x", "/UPPER.HTML", "/photo.png", "/data.json",
               "/noextension",
               "http://localhost/text.txt", "http://localhost", "http://other/text.txt", "*", "text.txt", "/index.html#top", "/folder?x=y", "/caf%C3%A9.html"]
    for target in targets:
        for method in ["GET", "HEAD"]:
            yield Asked("targets", f"{method} {target}", request(target, method), method)
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", "BREW", "G@T", "GET:"]:
        yield Asked("methods", method, request("/text.txt", method))
    for target in ["/text.txt", "/big.bin"]:
        for value in ["0-4", "0-0", "5-", "-5", "-1", "-0", "-9999999", "0-9999999", "35-35", "9999999-", "4-2", "a-b", "", "0-4,", "0 - 4", "+1-2", "1-2,4-5",
                      "0-1,3-4,6-", "-1,0-0", "5-6,0-1", "0-9,5-14", "9999999-,0-1", "0-0,9999999-", ",".join(f"{2 * n}-{2 * n}" for n in range(16)),
                      ",".join(f"{2 * n}-{2 * n}" for n in range(18))]:
            yield Asked("ranges", ("multiple " if "," in value else "") + f"{value[:30]} {target}", request(target,
                fields=f"Host: x\r\nRange: bytes={value}\r\n"))
        yield Asked("ranges", f"another unit {target}", request(target, fields="Host: x\r\nRange: lines=1-2\r\n"))
        yield Asked("ranges", f"HEAD {target}", request(target, "HEAD", fields="Host: x\r\nRange: bytes=0-4\r\n"), "HEAD")
    dates = ["Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:36 GMT", "Sun, 06 Nov 1994 08:49:38 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994", "yesterday", ""]
    for name in ["If-Modified-Since", "If-Unmodified-Since"]:
        for date in dates:
            for method in ["GET", "HEAD"]:
                if not (name == "If-Modified-Since" and date == dates[2]):  # nginx compares for equality there, by its default
                    yield Asked("conditions", f"{method} {name}: {date}", request("/text.txt", method, fields=f"Host: x\r\n{name}: {date}\r\n"), method)
    for name in ["If-None-Match", "If-Match"]:
        for tag in ["TAG", "W/TAG", "\"a\", TAG", "\"a\"", "*", ""]:
            yield Asked("conditions", f"{name}: {tag}", request("/text.txt", fields=f"Host: x\r\n{name}: {tag}\r\n"))
            yield Asked("conditions", f"{name}: {tag} with a date", request("/text.txt",
                fields=f"Host: x\r\nIf-Modified-Since: {dates[1]}\r\n{name}: {tag}\r\n"))
    for tag in ["TAG", "W/TAG", "\"a\"", dates[0], dates[1], dates[2], "junk"]:
        yield Asked("ranges", f"If-Range: {tag}", request("/text.txt", fields=f"Host: x\r\nRange: bytes=1-2\r\nIf-Range: {tag}\r\n"))
    for coding in ["gzip", "gzip, br", "GZIP", "gzip;q=0", "identity", "*", "", "deflate", "gzip;q=0.5", "br"]:
        yield Asked("codings", coding, request("/style.css", fields=f"Host: x\r\nAccept-Encoding: {coding}\r\n"))
    for line in ["GET / HTTP/1.0", "GET / HTTP/1.2", "GET / HTTP/2.0", "GET / HTTP/0.9", "GET / HTTP/1.10", "GET / http/1.1", "GET / HTTP/11",
        "GET /", "GET", "", "GET  /  HTTP/1.1",
                 " GET / HTTP/1.1", "GET / HTTP/1.1 ", "GET\t/ HTTP/1.1", "GET /a b HTTP/1.1", "GET /\x01 HTTP/1.1", "GET /\xe9 HTTP/1.1", "GET / SIP/2.0"]:
        yield Asked("lines", repr(line), f"{line}\r\nHost: x\r\n\r\n".encode("latin-1"))
    for end in ["\n", "\r", "\r\r\n"]:
        yield Asked("lines", f"lines that end with {end!r}", f"GET / HTTP/1.1{end}Host: x{end}{end}".encode())
    yield Asked("lines", "empty lines first", b"\r\n\r\n" + request("/text.txt"))
    for fields in ["", "Host: a\r\nHost: b\r\n", "Host:\r\n", "Host: a b\r\n", "Host: a/b\r\n", "Host: a@b\r\n", "Host : x\r\n",
        "Host: x\r\n folded\r\n", "Host: x\r\nA\r\n", "Host: x\r\n: b\r\n",
                   "Host: x\r\nA : b\r\n", "Host: x\r\nA(: b\r\n", "Host: x\r\nA: \x00\r\n", "Host: x\r\nA: \x01\r\n", "Host: x\r\nA: \xe9\r\n",
                   "Host: x\r\nA:\r\n", "Host: x\r\nA: b\rc\r\n",
                   "Host: x\r\nConnection: close\r\n", "Host: x\r\nConnection: keep-alive\r\n", "Host: x\r\nConnection: Close\r\n", "Host: [::1]\r\n",
                   "Host: x:80\r\n", "Host: x:y\r\n"]:
        yield Asked("fields", repr(fields), request("/text.txt", fields=fields))
        yield Asked("fields", f"1.0 {fields!r}", request("/text.txt", version="HTTP/1.0", fields=fields))
    for fields, body in [("Content-Length: 3\r\n", "abc"), ("Content-Length: 3\r\nContent-Length: 3\r\n", "abc"),
        ("Content-Length: 3\r\nContent-Length: 4\r\n", "abcd"), ("Content-Length: -1\r\n", ""),
                         ("Content-Length: +3\r\n", "abc"), ("Content-Length: 0x3\r\n", "abc"), ("Content-Length: 3, 3\r\n", "abc"),
                         ("Content-Length: 99999999999999999999\r\n", ""), ("Content-Length:\r\n", ""),
                         ("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n"), ("Transfer-Encoding: Chunked\r\n", "0\r\n\r\n"),
                         ("Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "0\r\n\r\n"),
                         ("Transfer-Encoding: gzip\r\n", "0\r\n\r\n"), ("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
                         ("Transfer-Encoding: identity\r\n", ""), ("Transfer-Encoding: chunked\r\n", "3;a=b\r\nabc\r\n0\r\nX: y\r\n\r\n"),
                         ("Transfer-Encoding: chunked\r\n", "3\r\nabcd\r\n0\r\n\r\n"), ("Transfer-Encoding: chunked\r\n", "x\r\n\r\n"),
                         ("Transfer-Encoding: chunked\r\n", "-1\r\n\r\n")]:
        yield Asked("bodies", repr(fields + body), request("/text.txt", fields="Host: x\r\n" + fields, body=body))
    for name, data in [("a target of 6 000", request("/" + "a" * 6000)), ("a target of 9 000", request("/" + "a" * 9000)), ("a target of 40 000",
        request("/" + "a" * 40000)),
                       ("a header of 9 000", request(fields="Host: x\r\nA: " + "a" * 9000 + "\r\n")), ("a header of 12 000 in lines",
                       request(fields="Host: x\r\n" + "A: aaaaaaaa\r\n" * 900)),
                       ("a header of 40 000 in lines", request(fields="Host: x\r\n" + "A: aaaaaaaa\r\n" * 3000))]:
        yield Asked("lengths", name, data)
    yield Asked("pipeline", "three at once", request("/text.txt") + request("/gone") + request("/style.css"))
    yield Asked("pipeline", "close in the middle", request("/text.txt") + request("/", fields="Host: x\r\nConnection: close\r\n") + request("/style.css"))


def make_site(folder):
    site = os.path.join(folder, "site")
    for name, data in {
        "index.html": b"home", "text.txt": b"0123456789abcdefghijklmnopqrstuvwxyz", "big.bin": bytes(range(256)) * 1024, "empty.txt": b"",
        "style.css": b"body{}",
        "style.css.gz": gzip.compress(b"body{}"), "folder/index.html": b"folder", "a b.html": b"space", "100%.html": b"percent", ".hidden": b"hidden",
        ".git/config": b"git",
        ".well-known/x": b"known", "semi;x": b"semi", "UPPER.HTML": b"upper", "photo.png": b"\x89PNG", "data.json": b"{}", "noextension": b"words",
        "caf\u00e9.html": b"accent",
    }.items():
        path = os.path.join(site, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
        os.utime(path, (LONG_AGO, LONG_AGO))
    with open(os.path.join(folder, "outside.txt"), "wb") as file:
        file.write(b"outside")
    os.symlink("../outside.txt", os.path.join(site, "out.txt"))
    os.symlink("text.txt", os.path.join(site, "link.txt"))
    for top, _, _ in os.walk(folder):
        os.chmod(top, 0o755)
    return site


class Nginx:
    def __init__(self, folder, site):
        self.port = 20000 + os.getpid() % 20000
        path = os.path.join(folder, "nginx.conf")
        temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
        with open(path, "w", encoding="utf-8") as file:
            file.write(f"""daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log crit; events {{ worker_connections 256; }}
                http {{ types {{ text/html html; text/css css; text/plain txt; image/png png; application/json json; }} default_type text/plain; charset utf-8;
                  charset_types text/html text/css text/plain; access_log off; {temporary} max_ranges 16; gzip_static on; gzip_vary on; if_modified_since before;
                  server {{ listen 127.0.0.1:{self.port}; root {site}; absolute_redirect off; }} }}""")
        executable = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        self.process = subprocess.Popen([executable, "-e", f"{folder}/error.log", "-c", path, "-p", folder], stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                Client(self.port).socket.close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("nginx does not start")

    def stop(self):
        self.process.terminate()
        self.process.wait()


def answers_of(port, asked, tag):
    """All that comes until the server closes, or has nothing more to say."""
    data = asked.data.replace(b"TAG", tag.encode())
    answers = []
    with Client(port, timeout=0.3) as client:
        client.send(data)
        try:
            while answer := client.answer(asked.method):
                answers.append(answer)
        except (Wrong, OSError, ValueError, TypeError):
            pass
    return answers


def tag_of(port):
    return answers_of(port, Asked("", "", request("/text.txt", fields="Host: x\r\nConnection: close\r\n")), "")[0].field("ETag")


def differences(asked, one, two):
    """(what, the two answers) of each difference."""
    if len(one) != len(two):
        yield "answers", (one or [None])[0], (two or [None])[0], f"{len(one)} and {len(two)} answers"
    for left, right in zip(one, two):
        if left.status != right.status:
            yield "status", left, right, f"{left.status} and {right.status}"
            return
        for name in FIELDS:
            if name != "Content-Length" and left.status == 304 and name in ("Content-Type", "Accept-Ranges"):
                continue
            if (left.field(name) or "").lower() != (right.field(name) or "").lower():
                yield name, left, right, f"{left.field(name)!r} and {right.field(name)!r}"
        if left.body != right.body:
            yield "body", left, right, f"{left.body[:40]!r} and {right.body[:40]!r}"


def is_known(asked, one, two, what, used):
    for reason, explains in KNOWN:
        try:
            if explains(asked, one, two, what):
                used.add(reason)
                return True
        except AttributeError:
            pass  # one of them did not answer
    return False


def main():
    with tempfile.TemporaryDirectory() as folder:
        site = make_site(folder)
        nginx = Nginx(folder, site)
        pluto = Pluto(site, sys.argv[1] if len(sys.argv) > 1 else build("examples/pluto/pluto.fx", folder), "--cache", "*=no-cache")
        asked_all, wrong, used = list(questions()), [], set()
        try:
            tags = tag_of(nginx.port), tag_of(pluto.port)
            with concurrent.futures.ThreadPoolExecutor(16) as pool:
                pairs = pool.map(lambda asked: (answers_of(nginx.port, asked, tags[0]), answers_of(pluto.port, asked, tags[1])), asked_all)
            for asked, (one, two) in zip(asked_all, pairs):
                for what, left, right, text in differences(asked, one, two):
                    if not is_known(asked, left, right, what, used):
                        wrong.append(f"{asked.group}, {asked.name}: {what}: nginx and Pluto: {text}")
        finally:
            nginx.stop()
            pluto.stop()
    unused = {reason for reason, _ in KNOWN} - used
    for problem in wrong + [f"no difference is explained by {reason!r} any more" for reason in sorted(unused)]:
        print(f"failed: {problem}")
    print(f"{len(asked_all) - len(wrong)} passed, {len(wrong) + len(unused)} failed")
    return 1 if wrong or unused else 0


if __name__ == "__main__":
    sys.exit(main())
