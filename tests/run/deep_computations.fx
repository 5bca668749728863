import Console
import List

// Recursion that is no tail call, half a million and a million deep, in computations: those that never wait, those that wait at the bottom, and those that
// wait on the way back up; with Floats and counted values kept across the wait.
cell Log : List Int = []

let count (n : Int) : Int ! {Log | e} =
  if n == 0 then ret 0
  else
    let! rest = count (n - 1)
    do! if rest % 250_000 == 0 then Log.update (fun seen -> rest :: seen)
    ret (rest + 1)

let build (n : Int) (x : Float) (text : String) : List (Float, String) ! e =
  if n == 0 then
    do! yield
    ret []
  else
    let! rest = build (n - 1) (x + 0.5) text
    ret ((x, text) :: rest)

let sum_up (n : Int) : Int ! e =
  if n == 0 then ret 0
  else
    let! rest = sum_up (n - 1)
    do! if n % 1000 == 0 then yield
    ret (rest + n)

let nested (n : Int) (c : Int ! e) : Int ! e =
  if n == 0 then c
  else
    let inner =
      let! x = c
      ret (x + 1)
    nested (n - 1) inner

let main (_ : List String) : Unit ! {Console, Log} =
  let! depth = count 1_000_000
  let! seen = Log.get
  do! Console.print_line "\(depth) \(show seen)"
  let! rows = build 500_000 0.25 "text"
  let total = List.fold (fun sum row -> match row | (x, _) -> sum + x) 0.0 rows
  do! Console.print_line "\(List.length rows) \(total)"
  let! sum = sum_up 1_000_000
  let bottom =
    do! yield
    ret 1
  let! deep = nested 500_000 bottom
  let! shallow = nested 500_000 (ret 1)
  Console.print_line "\(sum) \(deep) \(shallow)"
