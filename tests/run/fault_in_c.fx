import Console
import Integer
import Path
import Random
import String
import Task
import Time

// Faults of functions that are written in C begin with the place in fx that called them, as all others do (docs/language.md 11).

let huge (n : Int) : Integer = Integer.power (Integer.of_int 3) n

let pick (most : Int) : Int ! {Random} = Random.int 3 most

let pick_later (most : Int) : Int ! {Random, Time} =
  do! Time.sleep 1
  let! n = pick most
  ret (n + 1)

let write_huge : String ! {Random} =
  let! n = Random.int 9_000_000_000 9_000_000_000
  ret (Integer.to_string (huge n))

let told (label : String) (made : Result a Task.Fault) : String =
  match made
  | Ok _ -> "\(label): no fault"
  | Err fault -> "\(label): \(Path.file_name fault.place): \(fault.message)"

let main (_ : List String) : Unit ! {Console, Random, Time} =
  let! direct = Task.isolate (pick 2)
  do! Console.print_line (told "direct" direct)
  let! later = Task.isolate (pick_later 1)
  do! Console.print_line (told "later" later)
  let! pure = Task.isolate write_huge
  do! Console.print_line (match pure | Ok _ -> "no fault" | Err fault -> "\(String.starts_with "Integer.fx:" (Path.file_name fault.place))")
  let! (n, _) = join (pick 0) (Time.sleep 5)
  Console.print_line (show n)
