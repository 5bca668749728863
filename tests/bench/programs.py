"""Building the programs of a benchmark, running one, and what versions the peers have."""

import os
import resource
import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
# Where programs make their temporary files, if it is there: `files` is about tasks and calls of the system, not about the disk and who else uses it.
IN_MEMORY = Path("/dev/shm")
LONGEST_RUN = 30  # seconds of CPU time; the system ends what takes longer


class Broken(Exception):
    """A benchmark that does not build, or does not print what its peers print."""


def call(command, cwd=None):
    """What the command prints."""
    finished = subprocess.run([str(word) for word in command], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    said = finished.stdout.decode(errors="replace")
    if finished.returncode != 0:
        raise Broken(f"{' '.join(map(str, command))}: status {finished.returncode}\n{said}")
    return said


def versions(fx):
    """{peer: what it says of itself}."""
    asked = {
        "fx": [fx, "--version"], "gcc": ["gcc", "-dumpfullversion"], "libuv": ["pkg-config", "--modversion", "libuv"],
        "ocamlopt": ["ocamlfind", "ocamlopt", "-version"], "Lwt": ["ocamlfind", "query", "-format", "%v", "lwt"], "Go": ["go", "version"],
        "Python": ["python3", "--version"],
    }
    said = {peer: call(command).strip() for peer, command in asked.items()}
    return {**said, "fx": said["fx"].removeprefix("fx "), "Go": said["Go"].split()[2].removeprefix("go"), "Python": said["Python"].removeprefix("Python ")}


def build_fx(fx, source, target, *options):
    call([fx, "build", "--release", source, "-o", target, *options])


def build_c(source, target):
    libraries = ["-luv"] if "uv.h" in source.read_text() else []
    call(["gcc", "-O2", "-Wall", "-Wextra", "-o", target, source, *libraries])


def build_ml(source, target):
    copy = target.parent / source.name  # the compiler writes beside its source
    shutil.copy(source, copy)
    packages = ["-thread", "-package", "lwt.unix", "-linkpkg"] if "Lwt" in source.read_text() else []
    call(["ocamlfind", "ocamlopt", "-O3", *packages, copy.name, "-o", target], cwd=target.parent)


def build_go(source, target):
    cache = target.parent.parent.parent / "go-cache"
    call(["env", f"GOCACHE={cache}", "GO111MODULE=off", "go", "build", "-o", target, source])


def copy_py(source, target):
    shutil.copy(source, target)
    target.chmod(0o755)


def build_all(fx, name, languages, folder):
    """{language: executable} of a benchmark."""
    builders = {"fx": lambda source, target: build_fx(fx, source, target), "c": build_c, "ml": build_ml, "go": build_go, "py": copy_py}
    executables = {}
    for language in languages:
        place = folder / name / language
        place.mkdir(parents=True)
        executables[language] = place / name
        builders[language](FOLDER / name / f"{name}.{language}", executables[language])
    return executables


def set_limits():
    """Not too much time; and all the stack that there is, which the peers' recursions need."""
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_RUN, LONGEST_RUN))
    most = resource.getrlimit(resource.RLIMIT_STACK)[1]
    resource.setrlimit(resource.RLIMIT_STACK, (most, most))


def start(command, output, before=set_limits):
    environment = {**os.environ, "TMPDIR": str(IN_MEMORY)} if os.access(IN_MEMORY, os.W_OK) else None
    return subprocess.Popen([str(word) for word in command], env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                            preexec_fn=before)


def finish(process, command):
    """The sample of a process that ends by itself (its memory is never under that of who started it)."""
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise Broken(f"{command[0]}: status {process.returncode}, after {usage.ru_utime + usage.ru_stime:.1f} s of CPU time")
    return {"user": usage.ru_utime, "system": usage.ru_stime, "memory": usage.ru_maxrss}


def measure(command, output=os.devnull):
    """The sample of one run; what it prints goes to a file."""
    with open(output, "wb") as file:
        return finish(start(command, file), command)


def set_limits_on_one_core():
    set_limits()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def measure_pair(executable, output):
    """The samples of `NAME serve`, whose first line is its port, and of `NAME ask PORT`. They share a core, so that neither waits for the
    other to be woken on another."""
    with open(output, "wb") as file:
        server = start([executable, "serve"], subprocess.PIPE, set_limits_on_one_core)
        try:
            port = server.stdout.readline().decode().strip()
            asking = [executable, "ask", port]
            client = finish(start(asking, file, set_limits_on_one_core), asking)
        except BaseException:
            server.kill()
            server.wait()
            raise
        finally:
            server.stdout.close()
        return {"server": finish(server, [executable, "serve"]), "client": client}
