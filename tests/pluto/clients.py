#!/usr/bin/env python3
"""The same files by clients that people use: curl, wget, Python's http.client, and with --browser headless Chromium.

clients.py [PLUTO] [--browser]. A client that is not installed fails the run."""
import gzip
import hashlib
import http.client
import os
import struct
import subprocess
import sys
import tempfile
import wave
import zlib

sys.dont_write_bytecode = True

from wire import Cases, Pluto, build, equal, true, wait_until  # noqa: E402

cases = Cases()
FILES = {
    "index.html": b"<!doctype html><title>home</title>\n", "empty.txt": b"", "big.bin": bytes(range(256)) * 4096, "a b/caf\u00e9.txt": b"accent",
    "style.css": b"body{}\n" * 100,
}


def run(*command, folder=None):
    finished = subprocess.run(command, capture_output=True, cwd=folder, timeout=60, check=False)
    equal(finished.returncode, 0, f"{' '.join(command)}: {finished.stderr[-300:]!r}")
    return finished.stdout


@cases.case("curl: bodies, a range, HEAD, a condition, compression, a body of its own")
def _(place):
    url = f"http://127.0.0.1:{place.pluto.port}"
    for name, data in FILES.items():
        equal(run("curl", "-sSf", f"{url}/{name.replace(' ', '%20')}"), data, name)
    equal(run("curl", "-sSf", "-r", "100-199", f"{url}/big.bin"), FILES["big.bin"][100:200], "range")
    true(b"content-length: 1048576" in run("curl", "-sSfI", f"{url}/big.bin").lower(), "HEAD")
    equal(run("curl", "-sSf", "--compressed", f"{url}/style.css"), FILES["style.css"], "compressed")
    modified = os.path.join(place.site, "style.css")
    equal(run("curl", "-sS", "-z", modified, "-w", "%{http_code}", f"{url}/style.css"), b"304", "condition")
    equal(run("curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "--data-binary", f"@{os.path.join(place.site, 'big.bin')}", f"{url}/"), b"405", "POST")
    equal(run("curl", "-sSf", f"{url}/empty.txt", f"{url}/style.css"), FILES["style.css"], "two by one connection")


@cases.case("wget: the site as a whole, and a download that goes on")
def _(place):
    url = f"http://127.0.0.1:{place.pluto.port}"
    folder = tempfile.mkdtemp(dir=place.folder)
    with open(os.path.join(folder, "big.bin"), "wb") as file:
        file.write(FILES["big.bin"][:300_000])
    run("wget", "-q", "-c", f"{url}/big.bin", folder=folder)
    with open(os.path.join(folder, "big.bin"), "rb") as file:
        equal(file.read() == FILES["big.bin"], True, "what was continued")
    run("wget", "-q", "-r", "-np", f"{url}/a%20b/", folder=folder)
    found = [name for _, _, names in os.walk(os.path.join(folder, f"127.0.0.1:{place.pluto.port}")) for name in names]
    true(any(name.startswith("caf") for name in found), f"the list led to {found}")


@cases.case("http.client: one connection, all files")
def _(place):
    connection = http.client.HTTPConnection("127.0.0.1", place.pluto.port, timeout=60)
    for name, data in FILES.items():
        connection.request("GET", "/" + name.replace(" ", "%20").replace("\u00e9", "%C3%A9"), headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        body = answer.read()
        body = gzip.decompress(body) if answer.getheader("Content-Encoding") == "gzip" else body
        equal((answer.status, hashlib.sha256(body).digest()), (200, hashlib.sha256(data).digest()), name)
    connection.request("POST", "/", body=iter([b"a" * 1000, b"b"]), headers={"Transfer-Encoding": "chunked"}, encode_chunked=True)
    answer = connection.getresponse()
    equal((answer.status, bool(answer.read())), (405, True), "chunks")
    connection.request("GET", "/empty.txt")
    equal(connection.getresponse().status, 200, "after them")
    connection.close()


# ---- a browser ----

PAGE = """<!doctype html><meta charset=utf-8><title>test</title><img src=red.png><img src=drawing.svg><audio src=sound.wav preload=auto></audio>
<script>
const said = text => fetch("/said-" + text);
onload = async () => {
  const stage = Number(sessionStorage.stage || 0);
  sessionStorage.stage = stage + 1;
  if (stage == 0) {
    await said("images-" + [...document.images].filter(image => image.naturalWidth > 0).length);
    const sound = document.querySelector("audio");
    await new Promise(done => { sound.onseeked = done; if (sound.readyState > 0) sound.currentTime = 55; else sound.onloadedmetadata = () => sound.currentTime = 55; });
    await said("sought-" + Math.round(sound.currentTime));
    location.href = "other.html";
  } else if (stage == 1) { await said("back"); location.reload(); }
  else await said("reloaded");
};
</script>"""


def make_browser_site(site):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(b"".join(b"\x00" + b"\xff\x00\x00" * 8 for _ in range(8)))
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    for name, data in {"page.html": PAGE.encode(), "other.html": b"<!doctype html><script>onload = () => setTimeout(() => history.back(), 200)</script>", "red.png": png,
                       "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'}.items():
        with open(os.path.join(site, name), "wb") as file:
            file.write(data)
    with wave.open(os.path.join(site, "sound.wav"), "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(44_100)
        sound.writeframes(bytes(4 * 44_100 * 60))  # a minute, 10 MB


def check_browser(place):
    make_browser_site(place.site)
    profile = tempfile.mkdtemp(dir=place.folder)
    browser = subprocess.Popen(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--user-data-dir={profile}",
                                "--disable-features=BackForwardCache", "--remote-debugging-port=0", f"http://127.0.0.1:{place.pluto.port}/page.html"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        done = wait_until(lambda: "said-reloaded" in place.pluto.access_log(), 60)
        log = place.pluto.access_log()
        true(done, f"the page did not get to its end:\n{log}")
        for part in ["/said-images-2 ", "/said-sought-55 ", "/said-back ", '"GET /page.html HTTP/1.1" 304 0']:
            true(part in log, f"no {part!r} in\n{log}")
        true('"GET /sound.wav HTTP/1.1" 206 ' in log, f"no range was asked for:\n{log}")
    finally:
        browser.kill()
        browser.wait()


class Place:
    def __init__(self, folder, executable):
        self.folder, self.site = folder, os.path.join(folder, "site")
        for name, data in FILES.items():
            path = os.path.join(self.site, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(data)
        with open(os.path.join(self.site, "style.css.gz"), "wb") as file:
            file.write(gzip.compress(FILES["style.css"]))
        self.pluto = Pluto(self.site, executable, "--listing")


def main():
    arguments = [word for word in sys.argv[1:] if word != "--browser"]
    if "--browser" in sys.argv:
        cases.add("Chromium: images, a seek by Range, back, 304 when reloaded", check_browser)
    with tempfile.TemporaryDirectory() as folder:
        place = Place(folder, arguments[0] if arguments else build("examples/pluto/pluto.fx", folder))
        passed, failed = cases.run(place)
        status, log = place.pluto.stop()
        if status != 0:
            print(f"failed: status {status}\n{log[-1000:]}")
            failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
