# Two hundred programs under a limit of 64 descriptors: each wants three for its pipes and its process, and waits until they are free.
cat >many.fx <<'FX'
import Console
import List
import Process

let main (_ : List String) : Unit ! {Console, Process} =
  let! outputs = List.map_par (fun n -> Process.run ["echo", "\(n)"]) (List.range 1 200)
  let expected = List.map (fun n -> Ok { status = 0, stdout = "\(n)\n", stderr = "" }) (List.range 1 200)
  do! Console.print_line "\(outputs == expected)"
  // All of them are cancelled at some point: some wait for descriptors, some are being started, some run.
  let! halves = List.map_par (fun n -> first (Process.run ["echo", "\(n)"]) (yield_often n)) (List.range 1 200)
  do! Console.print_line "\(List.length halves)"
  // What a child sees is the limit that this program was given, not what it was raised to.
  let! limit = Process.run ["sh", "-c", "ulimit -S -n"]
  Console.print_line (show limit)

let yield_often (times : Int) : Unit ! e =
  if times > 0 then
    do! yield
    yield_often (times - 1)
FX
fx build many.fx
(ulimit -S -n 64; FX_CHECK=1 ./many; echo "status $?")
(ulimit -n 64; FX_CHECK=1 ./many; echo "status $?")
