import Console
import Task
import Time

let held (name : String) (c : a ! {Console | e}) : a ! {Console | e} =
  bracket (Console.print_line "open \(name)") (fun () -> Console.print_line "close \(name)") (fun () -> c)

let report (result : Result Int Task.Fault) : Unit ! {Console} =
  match result
  | Ok n -> Console.print_line "ok \(n)"
  | Err fault -> Console.print_line "fault: \(fault.message)"

let nth (n : Int) (xs : List Int) : Int =
  match xs
  | [] -> fault "too short"
  | x :: rest -> if n == 0 then x else nth (n - 1) rest

let pick (n : Int) (xs : List Int) : Int ! e = ret (nth n xs)

let main (_ : List String) : Unit ! {Console, Time} =
  let! a = Task.isolate (ret (nth 1 [1, 2, 3]))
  do! report a
  let! b = Task.isolate (held "b" (pick 5 [1, 2, 3]))
  do! report b
  let! c = Task.isolate (held "c" (let! () = Time.sleep 5 in ret (nth 5 [1])))
  do! report c
  let! d = Task.isolate (
    let! (x, ()) = join (let! () = Time.sleep 5 in ret (1 / 0)) (held "loser" (Time.sleep 60_000))
    ret x)
  report d
