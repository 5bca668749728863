#!/usr/bin/env python3
"""What Pluto owes its clients, each case with its place in the RFCs: 9110 (semantics), 9112 (HTTP/1.1), 3986 (addresses).

conformance.py [PLUTO]: the executable; without one it is built with the fx that FX names."""
import email.utils
import os
import select
import socket
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from wire import PATIENCE, Cases, Pluto, build, equal, true, wait_until  # noqa: E402

cases = Cases()
BIG = bytes(range(256)) * 2048  # 512 KiB
PAGE = b"<!doctype html><title>home</title>\n"


def make_site(folder):
    site, outside = os.path.join(folder, "site"), os.path.join(folder, "outside")
    os.makedirs(os.path.join(site, "tour", "deep"))
    os.makedirs(os.path.join(site, "empty"))
    os.makedirs(os.path.join(site, ".git"))
    os.makedirs(os.path.join(site, ".well-known"))
    os.makedirs(outside)
    os.makedirs(site + "-not")

    def write(name, data):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)

    for name, data in {
        "index.html": PAGE, "tour/index.html": b"tour", "tour/deep/page.html": b"deep", "style.css": b"body{}", "code.js": b"1",
        "picture.png": b"\x89PNG\r\n\x1a\n", "drawing.svg": b"<svg/>", "notes": b"plain", "notes.unknown": b"plain", "none.html": b"",
        "big.bin": BIG, "a b.html": b"space", "100%.html": b"percent", "caf\u00e9.html": b"accent", ".git/config": b"secret",
        ".hidden": b"secret", ".well-known/security.txt": b"contact", "a..b.html": b"dots", "UPPER.HTML": b"upper",
        "semi;x=1.html": b"semi",
    }.items():
        write(os.path.join("site", name), data)
    write("outside/secret.html", b"secret")
    write("site-not/secret.html", b"secret")
    os.symlink("index.html", os.path.join(site, "alias.html"))
    os.symlink(os.path.join(site, "tour"), os.path.join(site, "trip"))
    os.symlink("../outside/secret.html", os.path.join(site, "out.html"))
    os.symlink(outside, os.path.join(site, "out"))
    os.symlink("../site-not", os.path.join(site, "near"))
    os.symlink("gone.html", os.path.join(site, "broken.html"))
    os.symlink("loop.html", os.path.join(site, "loop.html"))
    os.mkfifo(os.path.join(site, "pipe.html"))
    return site


def request(target="/", method="GET", version="HTTP/1.1", fields="Host: localhost\r\n", body=""):
    return f"{method} {target} {version}\r\n{fields}\r\n{body}".encode("latin-1")


# ---- one request, one status ----

def expect(place, name, data, status, method="GET"):
    """Two cases: the bytes at once, and one by one."""
    def run(pluto, by_byte):
        answer = pluto.ask(data, method, by_byte)
        true(answer is not None, "closed without an answer")
        equal(answer.status, status, "status")

    cases.add(f"{place} {name}", lambda pluto: run(pluto, False))
    cases.add(f"{place} {name}, byte by byte", lambda pluto: run(pluto, True))


for place, name, data, status in [
    ("9110 9.3.1", "GET", request(), 200),
    ("9110 9.3.2", "HEAD of what is not there", request("/gone", "GET"), 404),
    ("9110 15.5.5", "nothing there", request("/gone.html"), 404),
    ("9110 15.5.5", "nothing there, in a folder that is not there", request("/gone/away.html"), 404),
    ("9110 15.5.5", "a file taken for a folder", request("/index.html/more"), 404),
    ("9110 15.5.5", "a file with a slash after it", request("/style.css/"), 404),
    ("9110 15.5.5", "a folder without index.html", request("/empty/"), 404),
    ("9110 15.5.5", "a name of 300 letters", request("/" + "n" * 300), 404),
    ("9110 9.1", "methods are written in capitals", request(method="get"), 501),
    ("9110 15.5.6", "POST", request(method="POST", fields="Host: x\r\nContent-Length: 3\r\n", body="abc"), 405),
    ("9110 15.5.6", "PUT", request(method="PUT"), 405),
    ("9110 15.5.6", "DELETE", request(method="DELETE"), 405),
    ("9110 15.5.6", "PATCH", request(method="PATCH"), 405),
    ("9110 15.5.6", "TRACE", request(method="TRACE"), 405),
    ("9110 9.1", "a method nobody knows", request(method="BREW"), 501),
    ("9110 9.3.1", "GET with a body", request(fields="Host: x\r\nContent-Length: 3\r\n", body="abc"), 200),
    ("9112 6.1", "GET with a chunked body", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="0\r\n\r\n"), 200),
    ("9112 2.2", "an empty line before the request", b"\r\n" + request(), 200),
    ("9112 2.3", "HTTP/1.0 without Host", request(version="HTTP/1.0", fields=""), 200),
    ("9112 2.3", "a later minor version", request(version="HTTP/1.9"), 200),
    ("9110 15.6.6", "HTTP/2.0", request(version="HTTP/2.0"), 505),
    ("9110 15.6.6", "HTTP/3.0", request(version="HTTP/3.0"), 505),
    ("9110 15.6.6", "HTTP/0.9 by name", request(version="HTTP/0.9"), 505),
    ("9112 2.3", "a version without a dot", request(version="HTTP/11"), 400),
    ("9112 2.3", "a version with a small letter", request(version="http/1.1"), 400),
    ("9112 2.3", "a version of two digits", request(version="HTTP/1.10"), 400),
    ("9112 2.3", "another protocol", request(version="SIP/2.0"), 400),
    ("9112 3", "no version", b"GET /\r\n\r\n", 400),
    ("9112 3", "no target", b"GET HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("9112 3", "only a method", b"GET\r\n\r\n", 400),
    ("9112 3", "two spaces after the method", b"GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("9112 3", "two spaces before the version", b"GET /  HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("9112 3", "a space at the start", b" GET / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("9112 3", "a space at the end", b"GET / HTTP/1.1 \r\nHost: x\r\n\r\n", 400),
    ("9112 3", "a tab between", b"GET\t/ HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("9112 3", "four words", b"GET / page HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("9112 3.1", "a method with a colon", request(method="GE:T"), 400),
    ("9112 3.1", "a method with a control character", request(method="GE\x01T"), 400),
    ("9112 3.2", "a target with a control character", request("/\x01"), 400),
    ("9112 3.2", "a target with a byte above 127", request("/\xe9"), 400),
    ("9112 3.2", "a target with DEL", request("/\x7f"), 400),
    ("9112 3.2", "a target with NUL", request("/index.html\x00"), 400),
    ("9112 3.2", "a target that is no path", request("index.html"), 400),
    ("9112 3.2.1", "a fragment", request("/index.html#top"), 400),
    ("9112 3.2.2", "absolute form", request("http://localhost/style.css"), 200),
    ("9112 3.2.2", "absolute form, of https", request("https://localhost/style.css"), 200),
    ("9112 3.2.2", "absolute form, scheme in capitals", request("HTTP://localhost/style.css"), 200),
    ("9112 3.2.2", "absolute form without a path", request("http://localhost"), 200),
    ("9112 3.2.2", "absolute form without a host", request("http:///style.css"), 400),
    ("9112 3.2.2", "another scheme", request("ftp://localhost/style.css"), 400),
    ("9112 3.2.4", "asterisk form with GET", request("*"), 400),
    ("9112 2.2", "noise", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    ("9112 2.2", "bare LF after the request line", b"GET / HTTP/1.1\nHost: x\r\n\r\n", 400),
    ("9112 2.2", "bare LF after a field", b"GET / HTTP/1.1\r\nHost: x\n\r\n", 400),
    ("9112 2.2", "bare LF at the end", b"GET / HTTP/1.1\r\nHost: x\r\n\n", 400),
    ("9112 2.2", "bare LF all over", b"GET / HTTP/1.1\nHost: x\n\n", 400),
    ("9112 2.2", "bare CR in the request line", b"GET /\r HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("9112 2.2", "bare CR in a field", b"GET / HTTP/1.1\r\nHost: x\rA: b\r\n\r\n", 400),
    ("9112 2.2", "space before the first field", b"GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400),
    ("9112 3.2", "no Host", request(fields=""), 400),
    ("9112 3.2", "no Host among others", request(fields="Accept: */*\r\n"), 400),
    ("9112 3.2", "two Hosts", request(fields="Host: a\r\nHost: b\r\n"), 400),
    ("9112 3.2", "the same Host twice", request(fields="Host: a\r\nHost: a\r\n"), 400),
    ("9112 3.2", "a Host with a space", request(fields="Host: a b\r\n"), 400),
    ("9112 3.2", "a Host with a slash", request(fields="Host: a/b\r\n"), 400),
    ("9112 3.2", "an empty Host", request(fields="Host:\r\n"), 200),
    ("9112 3.2", "a Host with a port", request(fields="Host: localhost:8000\r\n"), 200),
    ("9112 3.2", "a Host of IPv6", request(fields="Host: [::1]:8000\r\n"), 200),
    ("9110 5.1", "field names in any case", request(fields="hOsT: localhost\r\n"), 200),
    ("9110 5.1", "a field nobody knows", request(fields="Host: x\r\nX-Thing: anything at all; \"q\"\r\n"), 200),
    ("9110 5.5", "a field without a value", request(fields="Host: x\r\nX-Thing:\r\n"), 200),
    ("9110 5.5", "a value above 127", request(fields="Host: x\r\nX-Thing: \xe9\xff\r\n"), 200),
    ("9110 5.5", "a value with a tab", request(fields="Host: x\r\nX-Thing: a\tb\r\n"), 200),
    ("9110 5.5", "a value with NUL", request(fields="Host: x\r\nX-Thing: a\x00b\r\n"), 400),
    ("9110 5.5", "a value with a control character", request(fields="Host: x\r\nX-Thing: a\x02b\r\n"), 400),
    ("9112 5.1", "no space after the colon", request(fields="Host:localhost\r\n"), 200),
    ("9112 5.1", "many blanks around a value", request(fields="Host: \t  localhost \t \r\n"), 200),
    ("9112 5.1", "a space before the colon", request(fields="Host : x\r\n"), 400),
    ("9112 5.1", "a space before the colon of another", request(fields="Host: x\r\nX-Thing : y\r\n"), 400),
    ("9112 5.1", "a tab before the colon", request(fields="Host\t: x\r\n"), 400),
    ("9112 5", "a field without a colon", request(fields="Host: x\r\nThing\r\n"), 400),
    ("9112 5", "a field without a name", request(fields="Host: x\r\n: y\r\n"), 400),
    ("9112 5", "a name with a bracket", request(fields="Host: x\r\nX(Y): z\r\n"), 400),
    ("9112 5", "a name above 127", request(fields="Host: x\r\nX\xe9: z\r\n"), 400),
    ("9112 5.2", "a folded field", request(fields="Host: x\r\nX-Thing: a\r\n b\r\n"), 400),
    ("9112 5.2", "a field folded with a tab", request(fields="Host: x\r\nX-Thing: a\r\n\tb\r\n"), 400),
    ("9112 6.3", "two equal lengths", request(fields="Host: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n", body="abc"), 400),
    ("9112 6.3", "two different lengths", request(fields="Host: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n", body="abcd"), 400),
    ("9112 6.3", "two lengths in one field", request(fields="Host: x\r\nContent-Length: 3, 4\r\n", body="abcd"), 400),
    ("9112 6.3", "a negative length", request(fields="Host: x\r\nContent-Length: -1\r\n"), 400),
    ("9112 6.3", "a length with a plus", request(fields="Host: x\r\nContent-Length: +3\r\n", body="abc"), 400),
    ("9112 6.3", "a length in hexadecimal", request(fields="Host: x\r\nContent-Length: 0x3\r\n", body="abc"), 400),
    ("9112 6.3", "an empty length", request(fields="Host: x\r\nContent-Length:\r\n"), 400),
    ("9112 6.3", "a length that fits no Int", request(fields="Host: x\r\nContent-Length: 99999999999999999999\r\n"), 400),
    ("9112 6.3", "a length of 0", request(fields="Host: x\r\nContent-Length: 0\r\n"), 200),
    ("9112 6.1", "length and chunked", request(fields="Host: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n", body="0\r\n\r\n"), 400),
    ("9112 6.1", "chunked and length", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n", body="0\r\n\r\n"), 400),
    ("9112 6.1", "chunked twice", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", body="0\r\n\r\n"), 400),
    ("9112 6.1", "chunked in HTTP/1.0", request(version="HTTP/1.0", fields="Transfer-Encoding: chunked\r\n", body="0\r\n\r\n"), 400),
    ("9112 6.1", "a coding nobody knows, then chunked", request(fields="Host: x\r\nTransfer-Encoding: squeeze, chunked\r\n"), 501),
    ("9112 6.3", "a coding nobody knows, not chunked", request(fields="Host: x\r\nTransfer-Encoding: squeeze\r\n"), 400),
    ("9112 6.3", "chunked is not the last coding", request(fields="Host: x\r\nTransfer-Encoding: chunked, squeeze\r\n"), 400),
    ("9112 6.1", "chunked twice in one field", request(fields="Host: x\r\nTransfer-Encoding: chunked, chunked\r\n"), 400),
    ("9112 6.1", "chunked with something before it", request(fields="Host: x\r\nTransfer-Encoding: xchunked\r\n"), 400),
    ("9112 6.1", "chunked in quotes", request(fields="Host: x\r\nTransfer-Encoding: \"chunked\"\r\n"), 400),
    ("9112 6.1", "no coding", request(fields="Host: x\r\nTransfer-Encoding:\r\n"), 400),
    ("9112 6.1", "identity", request(fields="Host: x\r\nTransfer-Encoding: identity\r\nContent-Length: 3\r\n", body="abc"), 400),
    ("9112 6.1", "chunked with a vertical tab", request(fields="Host: x\r\nTransfer-Encoding: \x0bchunked\r\n"), 400),
    ("9112 6.1", "chunked with a space before the colon", request(fields="Host: x\r\nTransfer-Encoding : chunked\r\n", body="0\r\n\r\n"), 400),
    ("9112 6.3", "two lengths, one with zeros", request(fields="Host: x\r\nContent-Length: 3\r\nContent-Length: 03\r\n", body="abc"), 400),
    ("9112 6.3", "a length with a space in it", request(fields="Host: x\r\nContent-Length: 1 0\r\n", body="abc"), 400),
    ("9112 6.3", "a length with a decimal point", request(fields="Host: x\r\nContent-Length: 3.0\r\n", body="abc"), 400),
    ("9112 6.3", "a length and a NUL", request(fields="Host: x\r\nContent-Length: 3\x00\r\n", body="abc"), 400),
    ("9112 7.1", "a chunk", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3\r\nabc\r\n0\r\n\r\n"), 200),
    ("9112 7.1", "chunks of all sorts", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="A\r\n0123456789\r\n00a\r\n0123456789\r\n000\r\n\r\n"), 200),
    ("9112 7.1.1", "a chunk extension", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3;name=\"v;w\"\r\nabc\r\n0;last\r\n\r\n"), 200),
    ("9112 7.1.2", "a trailer", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3\r\nabc\r\n0\r\nX-Sum: 1\r\nHost: y\r\n\r\n"), 200),
    ("9112 7.1.2", "a trailer that is none", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="0\r\nX Sum: 1\r\n\r\n"), 400),
    ("9112 7.1.2", "a trailer with a bare line feed", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="0\r\nX-Sum: 1\n\r\n"), 400),
    ("9112 7.1", "a chunk size in decimal with a sign", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="+3\r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1", "a negative chunk size", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="-3\r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1", "a chunk size with 0x", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="0x3\r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1", "a chunk size with a space before it", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body=" 3\r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1", "a chunk size with a space after it", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3 \r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1", "a chunk size of no digits", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body=";a\r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1", "a chunk size that fits no Int", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="fffffffffffffffff\r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1", "a chunk size with a letter after f", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3g\r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1", "a chunk size with a bare line feed", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1", "a chunk longer than its size", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3\r\nabcd\r\n0\r\n\r\n"), 400),
    ("9112 7.1", "a chunk shorter than its size", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="5\r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1", "a chunk that a bare line feed ends", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3\r\nabc\n0\r\n\r\n"), 400),
    ("9112 7.1", "a chunk that a bare CR ends", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3\r\nabc\r0\r\n\r\n"), 400),
    ("9112 7.1.1", "a chunk extension with a control character", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3;a\x01\r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1.1", "a chunk extension of 2 000 bytes", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3;" + "a" * 2000 + "\r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1.2", "a trailer of 10 000 bytes", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="0\r\n" + "X-Thing: aaaaaaaa\r\n" * 600 + "\r\n"), 400),
    ("9110 15.5.14", "a body longer than is read", request(fields="Host: x\r\nContent-Length: 1048577\r\n"), 413),
    ("9110 9.3.7", "OPTIONS of a page", request("/style.css", "OPTIONS"), 200),
    ("9110 9.3.7", "OPTIONS of the server", request("*", "OPTIONS"), 200),
    ("9112 3.2.4", "asterisk form with POST", request("*", "POST"), 405),
    ("9112 3.2.3", "authority form with GET", request("localhost:80"), 400),
    ("9112 3.2.1", "a fragment behind a query", request("/index.html?a=b#top"), 400),
    ("9112 3.2.2", "absolute form with a fragment", request("http://localhost/style.css#top"), 400),
    ("9112 3.2.2", "absolute form with another host than Host", request("http://other.example/style.css"), 200),
    ("9112 3.2", "absolute form without Host", request("http://localhost/style.css", fields=""), 400),
    ("9112 3.2.2", "absolute form of HTTP/1.0", request("http://localhost/style.css", version="HTTP/1.0", fields=""), 200),
    ("9112 3.4", "the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ("9112 2.3", "HTTP/1.2", request(version="HTTP/1.2"), 200),
    ("9112 2.3", "a version with something behind it", request(version="HTTP/1.1x"), 400),
    ("9112 2.3", "a version with a zero in front", request(version="HTTP/01.1"), 400),
    ("9112 2.3", "a version without a minor one", request(version="HTTP/1."), 400),
    ("9112 2.3", "a version with a comma", request(version="HTTP/1,1"), 400),
    ("9112 3.1", "a method of 5 000 letters", request(method="M" * 5000), 501),
    ("9110 15.5.15", "a line without an end", b"GET /" + b"a" * 16400, 414),
    ("9112 2.2", "a byte order mark before the request", b"\xef\xbb\xbf" + request(), 400),
    ("9112 2.2", "a bare LF before the request", b"\n" + request(), 400),
    ("9112 2.2", "a bare CR before the request", b"\r" + request(), 400),
    ("9112 2.2", "two CRs at the end of a field", b"GET / HTTP/1.1\r\nHost: x\r\r\n\r\n", 400),
    ("9112 5.2", "a line of blanks only", b"GET / HTTP/1.1\r\nHost: x\r\n \r\n\r\n", 400),
    ("9110 5.1", "a name with a NUL", request(fields="Host: x\r\nX\x00: y\r\n"), 400),
    ("9110 5.1", "a length whose name has a space", request(fields="Host: x\r\nContent Length: 3\r\n", body="abc"), 400),
    ("9110 5.5", "a value with DEL", request(fields="Host: x\r\nX-Thing: \x7f\r\n"), 400),
    ("9112 3.2", "an empty Host and another", request(fields="Host:\r\nHost: x\r\n"), 400),
    ("9112 3.2", "a Host with a percent sign alone", request(fields="Host: a%\r\n"), 400),
    ("9112 3.2", "a Host with a percent sign and letters", request(fields="Host: a%zz\r\n"), 400),
    ("9112 3.2", "a Host with a byte by percent sign", request(fields="Host: a%C3%A9\r\n"), 200),
    ("9112 3.2", "a Host with a byte above 127", request(fields="Host: caf\xe9\r\n"), 400),
    ("9112 3.2", "a Host with a query", request(fields="Host: a?b\r\n"), 400),
    ("9112 3.2", "a Host with a scheme", request(fields="Host: http://a\r\n"), 400),
    ("9112 3.2", "a Host in quotes", request(fields="Host: \"a\"\r\n"), 400),
    ("9112 3.2", "a Host of too many colons", request(fields="Host: [:::]\r\n"), 400),
    ("9112 3.2", "a Host of nine groups", request(fields="Host: [1:2:3:4:5:6:7:8:9]\r\n"), 400),
    ("9112 3.2", "a Host of IPv6 with IPv4 at its end", request(fields="Host: [::ffff:192.0.2.1]\r\n"), 200),
    ("9112 3.2", "a Host of an address of times to come", request(fields="Host: [v1.fe80::a]\r\n"), 200),
    ("9112 3.2", "a Host with something behind its bracket", request(fields="Host: [::1]x\r\n"), 400),
    ("9112 3.2", "a Host that is none, in HTTP/1.0", request(version="HTTP/1.0", fields="Host: a b\r\n"), 400),
    ("9112 6.1", "chunked with a parameter", request(fields="Host: x\r\nTransfer-Encoding: chunked;q=1\r\n", body="0\r\n\r\n"), 400),
    ("9112 6.1", "two codings in two fields", request(fields="Host: x\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"), 400),
    ("9112 6.3", "a length with a no-break space", request(fields="Host: x\r\nContent-Length: \xa03\r\n", body="abc"), 400),
    ("9112 6.3", "a length with thirty zeros", request(fields="Host: x\r\nContent-Length: " + "0" * 30 + "3\r\n", body="abc"), 200),
    ("9112 6.3", "a length in HTTP/1.0", request(version="HTTP/1.0", fields="Content-Length: 3\r\n", body="abc"), 200),
    ("9112 7.1", "a chunk size with thirty zeros", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="0" * 30 + "3\r\nabc\r\n0\r\n\r\n"), 200),
    ("9112 7.1", "a chunk size with two CRs", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3\r\r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1", "an empty line before a chunk", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="\r\n3\r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1.1", "a chunk extension with a blank before it", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3 ;a=b\r\nabc\r\n0\r\n\r\n"), 200),
    ("9112 7.1.1", "a chunk extension with a bare CR", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3;a\rb\r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1.1", "a chunk extension with a bare LF", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3;a\nb\r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1.1", "a chunk extension with a NUL", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="3;a\x00\r\nabc\r\n0\r\n\r\n"), 400),
    ("9112 7.1.2", "a trailer that is folded", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="0\r\nX: a\r\n b\r\n\r\n"), 400),
    ("9112 7.1.2", "a trailer with a space before its colon", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="0\r\nX : a\r\n\r\n"), 400),
    ("9112 7.1.2", "a trailer with a NUL", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="0\r\nX: \x00\r\n\r\n"), 400),
    ("9112 7.1.2", "chunks that end with a bare line feed", request(fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="0\r\n\n"), 400),
    ("9110 6.6.2", "Trailer without one", request(fields="Host: x\r\nTrailer: X-Sum\r\n"), 200),
    ("9110 7.8", "Upgrade is not taken up", request(fields="Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"), 200),
    ("9110 7.8", "Upgrade to HTTP/2 is not taken up", request(fields="Host: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"), 200),
    ("9110 10.1.4", "TE", request(fields="Host: x\r\nConnection: TE\r\nTE: trailers, gzip;q=0.5\r\n"), 200),
    ("9110 10.1.1", "an expectation that nobody knows", request(fields="Host: x\r\nExpect: 200-ok\r\nContent-Length: 3\r\n", body="abc"), 200),
    ("9110 15.5.14", "a body longer than is read, asked for beforehand", request(fields="Host: x\r\nContent-Length: 1048577\r\nExpect: 100-continue\r\n"), 413),
    ("9110 9.3.6", "CONNECT", request("localhost:80", "CONNECT"), 405),
    ("9112 3.2.2", "absolute form with a port", request("http://localhost:8000/style.css"), 200),
    ("9112 3.2.2", "absolute form with a query and no path", request("http://localhost?a=b"), 200),
    ("9110 4.2.4", "absolute form with a user", request("http://me@localhost/style.css"), 400),
    ("9112 3.2.2", "absolute form with a host that is none", request("http://local host/"), 400),
    ("9112 3.2.2", "absolute form with a port that is none", request("http://localhost:8x/"), 400),
    ("9112 3.2", "a Host with a user", request(fields="Host: me@localhost\r\n"), 400),
    ("9112 3.2", "a Host with two ports", request(fields="Host: localhost:1:2\r\n"), 400),
    ("9112 3.2", "a Host with a port of letters", request(fields="Host: localhost:http\r\n"), 400),
    ("9112 3.2", "a Host with a bracket", request(fields="Host: [::1\r\n"), 400),
    ("9112 3.2", "Host twice in HTTP/1.0", request(version="HTTP/1.0", fields="Host: a\r\nHost: b\r\n"), 400),
    ("9112 3.2", "Host with a NUL", request(fields="Host: a\x00b\r\n"), 400),
    ("9112 2.2", "five empty lines before the request", b"\r\n" * 5 + request(), 400),
    ("9112 6.1", "chunked in capitals", request(fields="Host: x\r\nTransfer-Encoding: CHUNKED\r\n", body="0\r\n\r\n"), 200),
    ("9110 15.5.15", "a target of 8 192 bytes", request("/" + "a" * 8191), 404),
    ("9110 15.5.15", "a target of 8 193 bytes", request("/" + "a" * 8192), 414),
    ("6585 5", "a header of 17 000 bytes in one field", request(fields="Host: x\r\nX-Thing: " + "a" * 17000 + "\r\n"), 431),
    ("6585 5", "a header of 20 000 bytes in many fields", request(fields="Host: x\r\n" + "X-Thing: aaaaaaaa\r\n" * 1052), 431),
    ("6585 5", "a header of 12 000 bytes", request(fields="Host: x\r\n" + "X-Thing: aaaaaaaa\r\n" * 600), 200),
    ("3986 2.1", "a percent sign alone", request("/%"), 400),
    ("3986 2.1", "a percent sign with one digit", request("/%4"), 400),
    ("3986 2.1", "a percent sign with a letter", request("/%zz"), 400),
    ("3986 2.1", "a space by percent sign", request("/a%20b.html"), 200),
    ("3986 2.1", "a percent sign by percent sign", request("/100%25.html"), 200),
    ("3986 2.1", "decoded once only", request("/100%2525.html"), 404),
    ("3986 2.1", "UTF-8 by percent signs", request("/caf%C3%A9.html"), 200),
    ("3986 2.1", "digits in small letters", request("/caf%c3%a9.html"), 200),
    ("3986 2.2", "a slash by percent sign is no slash", request("/tour%2findex.html"), 400),
    ("3986 2.1", "NUL by percent sign", request("/index.html%00"), 400),
    ("3986 2.1", "NUL by percent sign, before a type", request("/index.html%00.png"), 400),
    ("3986 2.1", "line ends by percent sign", request("/%0d%0aX:%20y"), 404),
    ("3986 3.3", "a semicolon in a name", request("/semi;x=1.html"), 200),
    ("3986 3.4", "a query", request("/index.html?a=b&c=/../d"), 200),
    ("3986 3.4", "an empty query", request("/?"), 200),
    ("3986 5.2.4", "a dot", request("/./index.html"), 200),
    ("3986 5.2.4", "two dots that stay inside", request("/tour/../index.html"), 200),
    ("3986 5.2.4", "two dots at the end", request("/tour/.."), 200),
    ("3986 5.2.4", "two slashes", request("//index.html"), 200),
    ("3986 5.2.4", "two dots in a name", request("/a..b.html"), 200),
    ("3986 5.2.4", "two dots that climb out", request("/../outside/secret.html"), 400),
    ("3986 5.2.4", "climbing out late", request("/tour/../../outside/secret.html"), 400),
    ("3986 5.2.4", "climbing out and in again", request("/../site/index.html"), 400),
    ("3986 5.2.4", "climbing out by %2e", request("/%2e%2e/outside/secret.html"), 400),
    ("3986 5.2.4", "climbing out by %2E and a dot", request("/.%2E/outside/secret.html"), 400),
    ("3986 5.2.4", "climbing out by %2e%2e%2f", request("/%2e%2e%2foutside/secret.html"), 400),
    ("3986 5.2.4", "climbing out by %252e", request("/%252e%252e/outside/secret.html"), 404),
    ("3986 5.2.4", "climbing out with a backslash", request("/..\\outside\\secret.html"), 404),
    ("3986 5.2.4", "climbing out of an absolute form", request("http://localhost/../outside/secret.html"), 400),
    ("3986 5.2.4", "an absolute name of the disk", request("//etc/passwd"), 404),
    ("3986 5.2.4", "a dot by percent sign", request("/%2e/index.html"), 200),
    ("3986 5.2.4", "a file taken for a folder by a dot", request("/index.html/."), 404),
    ("3986 5.2.4", "climbing out by a dot of too many bytes", request("/%c0%ae%c0%ae/outside/secret.html"), 404),
    ("3986 5.2.4", "climbing out by a slash of too many bytes", request("/..%e0%80%af../outside/secret.html"), 404),
    ("3986 5.2.4", "climbing out by %u002e", request("/%u002e%u002e/outside/secret.html"), 400),
    ("3986 5.2.4", "climbing out by a backslash by percent sign", request("/..%5coutside%5csecret.html"), 404),
    ("3986 5.2.4", "climbing out with a parameter", request("/..;/outside/secret.html"), 404),
    ("3986 5.2.4", "climbing out of the folder that is not hidden", request("/.well-known/../.git/config"), 404),
    ("3986 3.4", "a query with a broken percent sign", request("/index.html?%zz"), 200),
    ("3986 3.4", "a query as browsers write it", request("/index.html?a={b}|c^`"), 200),
    ("site", "a symbolic link to a file that leads outside", request("/out.html"), 404),
    ("site", "a symbolic link to a folder that leads outside", request("/out/secret.html"), 404),
    ("site", "a symbolic link to a folder whose name begins like the site's", request("/near/secret.html"), 404),
    ("site", "a symbolic link that stays inside", request("/alias.html"), 200),
    ("site", "an absolute symbolic link that stays inside", request("/trip/index.html"), 200),
    ("site", "a symbolic link to nothing", request("/broken.html"), 404),
    ("site", "a symbolic link to itself", request("/loop.html"), 404),
    ("site", "a named pipe", request("/pipe.html"), 404),
    ("site", "a hidden file", request("/.hidden"), 404),
    ("site", "a hidden folder", request("/.git/config"), 404),
    ("site", "a hidden folder by percent sign", request("/%2egit/config"), 404),
    ("8615", "the folder that is not hidden", request("/.well-known/security.txt"), 200),
]:
    expect(place, name, data, status)


# ---- bodies and header fields ----

for target, kind, caching, body in [
    ("/", "text/html; charset=utf-8", "no-cache", PAGE),
    ("/index.html", "text/html; charset=utf-8", "no-cache", PAGE),
    ("/tour/", "text/html; charset=utf-8", "no-cache", b"tour"),
    ("/tour/deep/page.html", "text/html; charset=utf-8", "no-cache", b"deep"),
    ("/none.html", "text/html; charset=utf-8", "no-cache", b""),
    ("/UPPER.HTML", "text/html; charset=utf-8", "no-cache", b"upper"),
    ("/style.css", "text/css; charset=utf-8", "max-age=604800", b"body{}"),
    ("/code.js", "text/javascript; charset=utf-8", "max-age=604800", b"1"),
    ("/picture.png", "image/png", "max-age=604800", b"\x89PNG\r\n\x1a\n"),
    ("/drawing.svg", "image/svg+xml", "max-age=604800", b"<svg/>"),
    ("/notes", "text/plain; charset=utf-8", "max-age=604800", b"plain"),
    ("/notes.unknown", "text/plain; charset=utf-8", "max-age=604800", b"plain"),
]:
    def check_page(pluto, target=target, kind=kind, caching=caching, body=body):
        answer = pluto.get(target)
        equal(answer.status, 200, "status")
        equal(answer.reason, "OK", "reason")
        equal(answer.field("Content-Type"), kind, "Content-Type")
        equal(answer.field("Cache-Control"), caching, "Cache-Control")
        equal(answer.body, body, "body")
    cases.add(f"9110 8.3 type, caching and body of {target}", check_page)


@cases.case("9110 6.6.1 Date is now, as RFC 1123 writes it; 10.2.4 Server")
def _(pluto):
    before = time.time()
    answer = pluto.get("/")
    date = answer.field("Date")
    moment = email.utils.parsedate_to_datetime(date)
    true(before - 2 < moment.timestamp() < time.time() + 2, f"Date: {date}")
    equal(email.utils.format_datetime(moment, usegmt=True), date, "Date")
    equal(answer.field("Server"), "Pluto", "Server")


@cases.case("9110 8.6 HEAD has the header of GET and no body")
def _(pluto):
    for target in ["/", "/style.css", "/gone", "/big.bin", "/tour"]:
        got = pluto.get(target)
        with pluto.client() as client:
            client.send(request(target, "HEAD") + request("/notes"))
            head = client.answer("HEAD")
            equal(client.answer().body, b"plain", "the answer after it")
        hide_date = lambda answer: [field for field in answer.fields if field[0] != "Date"]
        equal((head.status, hide_date(head)), (got.status, hide_date(got)), target)


@cases.case("9110 10.2.1 405 says what is allowed")
def _(pluto):
    for method in ["DELETE", "OPTIONS"]:
        equal(pluto.ask(request(method=method)).field("Allow"), "GET, HEAD, OPTIONS", "Allow")


@cases.case("9110 15.4.2 a folder without its slash is moved")
def _(pluto):
    for target, place in [("/tour", "/tour/"), ("/tour/deep", "/tour/deep/"), ("//tour", "/tour/"), ("/t%6fur", "/tour/")]:
        answer = pluto.get(target)
        equal((answer.status, answer.field("Location")), (301, place), target)


@cases.case("9110 8.6 512 KiB arrive whole")
def _(pluto):
    for _ in range(3):
        equal(pluto.get("/big.bin").body == BIG, True, "body")


@cases.case("9112 9.3 a large file, then another page on the same connection")
def _(pluto):
    with pluto.client() as client:
        client.send(request("/big.bin") + request("/notes"))
        equal(client.answer().body == BIG, True, "body")
        equal(client.answer().body, b"plain", "next")


# ---- the connection ----

@cases.case("9112 9.3 HTTP/1.1 stays open")
def _(pluto):
    with pluto.client() as client:
        for target, status in [("/", 200), ("/gone", 404), ("/style.css", 200), ("/tour", 301), ("/", 200)]:
            client.send(request(target))
            answer = client.answer()
            equal((answer.status, answer.field("Connection")), (status, None), target)
        true(client.is_open(), "closed")


@cases.case("9112 9.6 Connection: close is kept and announced")
def _(pluto):
    for value in ["close", "Close", "keep-alive, close", "close , x", "\tclose"]:
        with pluto.client() as client:
            client.send(request(fields=f"Host: x\r\nConnection: {value}\r\n") + request("/notes"))
            equal(client.answer().field("Connection"), "close", value)
            client.closed()


@cases.case("9112 9.3 HTTP/1.0 closes, unless asked not to")
def _(pluto):
    with pluto.client() as client:
        client.send(request(version="HTTP/1.0"))
        equal(client.answer().field("Connection"), "close", "Connection")
        client.closed()
    with pluto.client() as client:
        for _ in range(3):
            client.send(request(version="HTTP/1.0", fields="Connection: keep-alive\r\n"))
            equal(client.answer().field("Connection"), "keep-alive", "Connection")
        true(client.is_open(), "closed")


@cases.case("9112 9.3.2 a hundred requests at once are answered in order")
def _(pluto):
    targets = [("/", PAGE), ("/notes", b"plain"), ("/style.css", b"body{}"), ("/tour/", b"tour")] * 25
    with pluto.client() as client:
        client.send(b"".join(request(target) for target, _ in targets))
        for target, body in targets:
            equal(client.answer().body, body, target)
        true(client.is_open(), "closed")


REPRESENTATIVE = [
    ("9110 9.3.1 a page", request("/notes"), [200]),
    ("9112 9.3.2 two pages", request("/notes") + request("/tour/", fields="Host: x\r\nAccept: */*\r\n"), [200, 200]),
    ("9112 3.2.2 absolute form, with percent signs", request("http://localhost/a%20b.html?q#".rstrip("#")), [200]),
    ("9112 2.2 an empty line first", b"\r\n" + request("/gone"), [404]),
    ("9112 6.3 a body of known length", request("/", "POST", fields="Host: x\r\nContent-Length: 5\r\n", body="hello") + request("/notes"), [405, 200]),
    ("9112 7.1 chunks, an extension, a trailer", request("/", fields="Host: x\r\nTransfer-Encoding: chunked\r\n",
                                                         body="3;a=b\r\nabc\r\n0a\r\n0123456789\r\n0\r\nX: y\r\n\r\n") + request("/notes"), [200, 200]),
    ("9112 2.3 HTTP/1.0", request("/style.css", version="HTTP/1.0", fields=""), [200]),
    ("9110 14.2 a range", request("/notes", fields="Host: x\r\nRange: bytes=1-2\r\n"), [206]),
    ("9112 5.2 a folded field", request(fields="Host: x\r\nX-Thing: a\r\n b\r\n"), [400]),
    ("9112 6.1 length and chunked", request(fields="Host: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n", body="0\r\n\r\n"), [400]),
]

for name, data, statuses in REPRESENTATIVE:
    def check_cuts(pluto, data=data, statuses=statuses):
        for cut in range(1, len(data)):
            with pluto.client() as client:
                client.send(data[:cut])
                time.sleep(0.001)
                client.send(data[cut:])
                equal([client.answer().status for _ in statuses], statuses, f"cut at {cut}")
    cases.add(f"{name}, cut at every place", check_cuts)


@cases.case("9112 9.3.2 empty lines between requests")
def _(pluto):
    with pluto.client() as client:
        client.send(request("/notes") + b"\r\n" + request("/notes"))
        equal([client.answer().body, client.answer().body], [b"plain", b"plain"], "bodies")


@cases.case("9112 9.6 after what is no request the connection is closed, and the answer arrives")
def _(pluto):
    with pluto.client() as client:
        client.send(b"nonsense\r\n\r\n" + b"x" * 100_000)
        answer = client.answer()
        equal((answer.status, answer.field("Connection")), (400, "close"), "answer")
        client.closed()


@cases.case("9112 9.3 what could not be answered well leaves the next request where it is, what is no request does not")
def _(pluto):
    with pluto.client() as client:
        client.send(request("/gone") + request(method="BREW") + request(method="POST") + request("/%zz") + b"X Y\r\n\r\n" + request("/notes"))
        equal([client.answer().status for _ in range(5)], [404, 501, 405, 400, 400], "statuses")
        client.closed()


@cases.case("9112 7.1.2 what a trailer says of lengths and codings is not believed")
def _(pluto):
    with pluto.client() as client:
        client.send(request("/", fields="Host: x\r\nTransfer-Encoding: chunked\r\n", body="0\r\nContent-Length: 100\r\nTransfer-Encoding: x\r\n\r\n") + request("/notes"))
        equal((client.answer().status, client.answer().body), (200, b"plain"), "answers")
        true(client.is_open(), "closed")


@cases.case("9112 9.3 a body is never taken for a request, and the next request is found behind it")
def _(pluto):
    hidden = request("/style.css").decode()
    chunked = "".join(f"{len(part):x}\r\n{part}\r\n" for part in [hidden[:10], hidden[10:]]) + "0\r\n\r\n"
    for fields, body in [(f"Host: x\r\nContent-Length: {len(hidden)}\r\n", hidden), ("Host: x\r\nTransfer-Encoding: chunked\r\n", chunked)]:
        for method, status in [("POST", 405), ("GET", 200), ("OPTIONS", 200)]:
            with pluto.client() as client:
                client.send(request("/", method, fields=fields, body=body) + request("/notes"))
                equal(client.answer().status, status, "status")
                equal(client.answer().body, b"plain", "the answer after it")
                true(client.is_open(), "closed")


@cases.case("9112 9.3 a long body is passed over, in whatever pieces it comes")
def _(pluto):
    with pluto.client() as client:
        client.send(request("/gone", fields="Host: x\r\nContent-Length: 1048576\r\n"))
        for _ in range(16):
            client.send(b"GET / HTTP/1.1\r\n\r\n".ljust(65536, b"x"))
        equal(client.answer().status, 404, "status")
        client.send(request("/notes"))
        equal(client.answer().body, b"plain", "the answer after it")


@cases.case("9110 15.5.14 a chunked body longer than is read")
def _(pluto):
    with pluto.client() as client:
        client.send(request("/", fields="Host: x\r\nTransfer-Encoding: chunked\r\n"))
        for _ in range(20):
            client.send(b"10000\r\n" + b"x" * 65536 + b"\r\n")
        answer = client.answer()
        equal((answer.status, answer.field("Connection")), (413, "close"), "answer")


@cases.case("9110 10.1.1 Expect: 100-continue")
def _(pluto):
    fields = "Host: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n"
    with pluto.client() as client:
        client.send(request("/notes", fields=fields))
        equal(client.answer().status, 100, "before the body")
        client.send(b"abc" + request("/style.css"))
        equal((client.answer().body, client.answer().body), (b"plain", b"body{}"), "after the body")
    with pluto.client() as client:
        client.send(request("/notes", fields=fields, body="abc"))
        equal(client.answer().status, 200, "the body came at once")
    with pluto.client() as client:
        client.send(request("/gone", "POST", fields=fields))
        answer = client.answer()
        equal((answer.status, answer.field("Connection")), (405, "close"), "no body is wanted")
        client.closed()
    with pluto.client() as client:
        client.send(request("/notes", fields="Host: x\r\nTransfer-Encoding: chunked\r\nExpect: 100-Continue\r\n"))
        equal(client.answer().status, 100, "before the chunks")
        client.send(b"3\r\nabc\r\n0\r\n\r\n")
        equal(client.answer().body, b"plain", "after the chunks")
    with pluto.client() as client:
        client.send(request("/notes", version="HTTP/1.0", fields=fields, body="abc"))
        equal(client.answer().status, 200, "HTTP/1.0 knows no 100")
    with pluto.client() as client:
        client.send(request("/notes", fields="Host: x\r\nExpect: 100-continue\r\n"))
        equal(client.answer().status, 200, "there is no body to wait for")


@cases.case("9112 9.5 the client's end is the end")
def _(pluto):
    for data in [b"", b"GET / HT", request("/notes") + b"GET"]:
        with pluto.client() as client:
            client.send(data)
            client.socket.shutdown(socket.SHUT_WR)
            if data.startswith(request("/notes")):
                equal(client.answer().body, b"plain", "body")
            client.closed()


@cases.case("9112 9.5 a client that resets harms nobody")
def _(pluto):
    for _ in range(20):
        with pluto.client() as client:
            client.send(request("/big.bin"))
            client.socket.recv(1000)
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    equal(pluto.get("/notes").body, b"plain", "after it")


def drip(client):
    """A drop now and then does not win time. The answer comes between two of them."""
    while not select.select([client.socket], [], [], 1)[0]:
        client.send(b"X-Thing: y\r\n")
    return client.answer()


@cases.case("9110 15.5.9 half a request is given up after ten seconds")
def _(pluto):
    with pluto.client() as client:
        began = time.monotonic()
        client.send(b"GET / HTTP/1.1\r\nHost: x\r\n")
        answer = drip(client)
        equal((answer.status, answer.field("Connection")), (408, "close"), "answer")
        true(time.monotonic() - began > 8.5, f"after {time.monotonic() - began:.1f} s")
        client.closed()


@cases.case("slow clients hold nobody up")
def _(pluto):
    slow = [pluto.client() for _ in range(100)]
    try:
        for index, client in enumerate(slow):
            # One that does not read, one that does not write.
            client.send(request("/big.bin") if index % 2 else b"GET / HTTP/1.1\r\nHo")
        for _ in range(20):
            equal(pluto.get("/notes").body, b"plain", "body")
    finally:
        for client in slow:
            client.socket.close()


# ---- the program ----

def check_usage(executable, folder):
    """Bad arguments: a sentence, the usage, status 2."""
    passed = failed = 0
    with socket.socket() as taken:
        taken.bind(("0.0.0.0", 0))
        taken.listen()
        used = str(taken.getsockname()[1])
        for arguments, status, text in [
            ([], 2, "Usage: pluto"), (["8000"], 2, "Usage: pluto"), (["0", folder, "more"], 2, "Usage: pluto"),
            (["http", folder], 2, "http"), (["-1", folder], 2, "-1"), (["65536", folder], 2, "65536"), (["", folder], 2, "Usage: pluto"),
            (["99999999999999999999", folder], 2, "Usage: pluto"), (["0", folder + "/gone"], 2, "gone"),
            (["0", folder + "/index.html"], 2, "index.html"), ([used, folder], 1, used),
        ]:
            run = subprocess.run([executable, *arguments], capture_output=True, text=True, timeout=PATIENCE, env={**os.environ, "FX_CHECK": "1"})
            if run.returncode == status and text in run.stderr and run.stdout == "":
                passed += 1
            else:
                failed += 1
                print(f"failed: pluto {arguments}: status {run.returncode}, expected {status}; {run.stdout!r} {run.stderr!r}")
    return passed, failed


def check_end(pluto, before):
    """After all that, nothing is left, and the end is an orderly one."""
    failed = 0
    if not wait_until(lambda: pluto.descriptors() <= before):
        failed += 1
        print(f"failed: descriptors left open: {pluto.descriptors()} of {before}")
    status, log = pluto.stop()
    for condition, what in [(status == 0, f"status {status} after SIGTERM, expected 0"), ("Pluto has stopped" in log, "no line at the end"),
                            ('"GET /tour/ HTTP/1.1" 200 4 "-" "-"' in pluto.access_log(), "no line for a page"), ("fault" not in log, "a fault")]:
        if not condition:
            failed += 1
            print(f"failed: {what}\n    {log[-2000:]}")
    return 5 - failed, failed


def main():
    with tempfile.TemporaryDirectory() as folder:
        executable = sys.argv[1] if len(sys.argv) > 1 else build("examples/pluto/pluto.fx", folder)
        site = make_site(folder)
        counts = [check_usage(executable, site)]
        pluto = Pluto(site, executable)
        pluto.get("/notes")
        time.sleep(0.2)
        before = pluto.descriptors()
        counts += [cases.run(pluto), check_end(pluto, before)]
    passed, failed = (sum(column) for column in zip(*counts))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
