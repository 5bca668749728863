"""The benchmarks that are not one program beside its peers: how hello starts, how many schedules a spec is run by, how fast `fx check` is.
Each answers what it measured, and prints it."""

import math
import os
import re
import statistics
import time

import rounds
from programs import FOLDER, Broken, build_all, build_c, build_fx, build_ml, call, measure

STARTS = 200  # how often hello is started
COMPILED = 5  # how often it is compiled
FRONT_END_LINES = 300_000


def seconds_of(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def stripped_size(executable):
    copy = executable.with_suffix(".stripped")
    call(["strip", "-s", "-o", copy, executable])
    return copy.stat().st_size


def median_of_turns(times, actions):
    """{name: the median of the seconds that an action takes}, the actions taken in turns."""
    seconds = {name: [] for name in actions}
    for _ in range(times):
        for name, action in actions.items():
            seconds[name].append(seconds_of(action))
    return {name: statistics.median(each) for name, each in seconds.items()}


def start_and_wait(executable):
    """Without a fork of this script, whose memory takes longer to share than hello takes to run."""
    with open(os.devnull, "wb") as nothing:
        process = os.posix_spawn(executable, [executable], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, nothing.fileno(), 1)])
    if os.waitpid(process, 0)[1] != 0:
        raise Broken(f"{executable} fails")


def builds_of_hello(fx, folder):
    """{name: what builds it}, and {name: the executable}."""
    build = {
        "fx": lambda target: build_fx(fx, FOLDER / "hello/hello.fx", target),
        "fx debug": lambda target: call([fx, "build", "--debug", FOLDER / "hello/hello.fx", "-o", target]),
        "OCaml": lambda target: build_ml(FOLDER / "hello/hello.ml", target),
        "C": lambda target: build_c(FOLDER / "hello/hello.c", target),
    }
    executables = {name: folder / "hello" / name.replace(" ", "_") / "hello" for name in build}
    for executable in executables.values():
        executable.parent.mkdir(parents=True)
    return {name: lambda name=name: build[name](executables[name]) for name in build}, executables


def run_hello(fx, folder):
    builds, executables = builds_of_hello(fx, folder)
    compile_time = median_of_turns(COMPILED, builds)
    start_time = median_of_turns(STARTS, {name: lambda executable=executable: start_and_wait(executable) for name, executable in executables.items()})
    print(f"\n{'hello':<10} {'start to exit, ms':>18} {'size stripped, KiB':>19} {'compile, s':>11}")
    found = {}
    for name, executable in executables.items():
        found[name] = {"start": start_time[name], "size": stripped_size(executable), "compile": compile_time[name]}
        print(f"{name:<10} {start_time[name] * 1000:>18.2f} {found[name]['size'] / 1024:>19.0f} {compile_time[name]:>11.2f}", flush=True)
    return found


SCHEDULES = [(2, 4), (2, 8), (4, 4), (2, 10)]  # tasks, answers each
SPEC = """\
import File

let read_times (n : Int) (path : String) : Unit ! {{File}} =
  if n == 0 then ret ()
  else
    let! _ = File.read path
    read_times (n - 1) path

let all : Unit ! {{File}} =
  let! _ = {program}
  ret ()

spec reads =
  all runs
{steps}
  returns ()
"""


def spec_of(tasks, answers, shared):
    """Tasks that read a file each, or all the same one."""
    paths = ["a" if shared else f"{task}" for task in range(tasks)]
    program, steps = "", []
    for index, path in enumerate(paths):
        is_last = index == tasks - 1
        program += f'read_times {answers} "{path}"' if is_last else f'join (read_times {answers} "{path}") ('
        block = [f'for _ in {list(range(answers))}', f'  File.read "{path}" => Ok ""']
        indent = "  " * index
        steps += [indent + line for line in (block if is_last else ["join", *("  " + line for line in block), "and"])]
    return SPEC.format(program=program + ")" * (tasks - 1), steps="\n".join("    " + line for line in steps))


def median_cpu_of(command, output):
    return rounds.median_cpu([measure(command, output) for _ in range(3)])


# What dscheck's tests folder lists, by test: traces (github.com/ocaml-multicore/dscheck, tests/report_trace.expected, tests/traces/*).
DSCHECK_TRACES = {"safe counter": 2, "conditional nested": 8, "conditional ssb": 9}


def run_dscheck(fx, folder):
    output = folder / "dscheck.printed"
    measure([fx, "test", FOLDER / "schedules/dscheck.fx"], output)
    print(f"\n{'dscheck test':<20} {'its traces':>10} {'classes':>8}")
    found = {}
    for name, traces in DSCHECK_TRACES.items():
        found[name] = {"traces": traces, "classes": int(re.search(rf"{name} \((\d+) class", output.read_text()).group(1))}
        print(f"{name:<20} {traces:>10} {found[name]['classes']:>8}", flush=True)
    return found


def run_schedules(fx, folder):
    """Of all orders in which the answers may come, how many differ (the second word after `proved`), and how fast they are run."""
    print(f"\n{'schedules':<10} {'orders':>14} {'disjoint':>9} {'shared':>8} {'a second':>9}")
    found = {}
    for tasks, answers in SCHEDULES:
        orders = math.factorial(tasks * answers) // math.factorial(answers) ** tasks
        counts, times = [], []
        for shared in (False, True):
            source = folder / f"schedules_{tasks}_{answers}_{int(shared)}.fx"
            source.write_text(spec_of(tasks, answers, shared))
            output = source.with_suffix(".printed")
            times.append(median_cpu_of([fx, "test", source], output))
            counts.append(int(re.search(r"(\d+) class", output.read_text()).group(1)))
        seconds = max(times[1] - times[0], 0.001)  # without the compiler's
        speed = f"{counts[1] / seconds:.0f}" if counts[1] > 1000 else ""
        found[f"{tasks} x {answers}"] = {"orders": orders, "disjoint": counts[0], "shared": counts[1], "seconds": seconds}
        print(f"{tasks} x {answers:<6} {orders:>14} {counts[0]:>9} {counts[1]:>8} {speed:>9}", flush=True)
    return found | run_dscheck(fx, folder)


CHUNK = """\
/// The shape number {n}.
type Shape_{n} = Circle_{n} Int | Square_{n} Int

type Point_{n} = {{ x_{n} : Int, y_{n} : Int, name_{n} : String }}

let area_{n} (shape : Shape_{n}) : Int =
  match shape
  | Circle_{n} radius -> 3 * radius * radius
  | Square_{n} side -> side * side

let move_{n} point by = {{ point with x_{n} = point.x_{n} + by, y_{n} = point.y_{n} + by }}

let describe_{n} (point : Point_{n}) : String =
  let moved = move_{n} point 1
  if moved.x_{n} > 10 then "\\(moved.name_{n}): far" else moved.name_{n} ++ " at " ++ show moved.x_{n}

let sum_{n} xs =
  let go (total : Int) rest =
    match rest
    | [] -> total
    | x :: others when x > {n} -> go (total + x) others
    | _ :: others -> go total others
  go 0 xs

let pairs_{n} = List.map (fun x -> (x, [x, x + 1], Some "\\(x)")) [1, 2, {n}]

let wait_{n} (times : Int) : Int ! {{Time | e}} =
  let! (_, b) = join (Time.sleep times) (ret {n})
  match! first (Time.sleep 10) (ret b)
  | Left () -> ret 0
  | Right n -> wait_{n} (n - 1)

"""


def run_front_end(fx, folder):
    chunk_lines = CHUNK.count("\n")
    source = folder / "front_end.fx"
    source.write_text("import List\nimport Time\n\n" + "".join(CHUNK.format(n=n) for n in range(FRONT_END_LINES // chunk_lines)))
    lines = source.read_text().count("\n")
    seconds = median_cpu_of([fx, "check", source], folder / "front_end.printed")
    said = (folder / "front_end.printed").read_text()
    if said:
        raise Broken(f"fx check of the generated program says:\n{said[:2000]}")
    print(f"\nfront end  {lines} lines: {lines / seconds:,.0f} lines a second of CPU time", flush=True)
    return {"lines": lines, "seconds": seconds}
