import Console
import Random
import Time

// What a handler of the program answers is no step of a spec; what its clauses ask for is.
let at (now : Int) (c : a ! {Time | e}) : a ! {Console | e} =
  handle c with
  | Time.get ->
    do! Console.print_line "asked"
    ret now
  | Time.now -> ret (now * 1000)
  | Time.monotonic -> ret 0
  | Time.sleep _ -> ret ()

let greeting : String ! {Random, Time} =
  do! Time.sleep 60_000
  let! now = Time.get
  let! n = Random.int 0 1
  ret (if now < 43_200 then "Good morning \(n)" else "Good afternoon \(n)")

spec greets (now : Int) (n : Int) =
  at now greeting runs
    Console.print_line "asked" => ()
    Random.int 0 1 => n
  returns if now < 43_200 then "Good morning \(n)" else "Good afternoon \(n)"

spec greets_by_the_runtime (now : Int) (n : Int) =
  greeting runs
    Time.sleep 60_000 => ()
    Time.get => now
    Random.int 0 1 => n
  returns if now < 43_200 then "Good morning \(n)" else "Good afternoon \(n)"

spec both_at_once =
  at 5 (join (Time.sleep 1000) Time.get) runs
    Console.print_line "asked" => ()
  returns ((), 5)

spec the_same_draws =
  Random.with_seed 1 (Random.int 3 3) runs
  returns 3
