import Console
import List

// Functions that only call themselves: C has no `return` in them. Nobody runs them here.

let spin (n : Int) : Int = spin n

let halve (x : Float) : Float = halve (x / 2.0)

let report (n : Int) : Never ! {Console} = report n

let again (text : String) : Never ! {Console} =
  do! Console.print_line text
  again text

let main (arguments : List String) : Unit ! {Console} =
  match arguments with
  | [] -> Console.print_line "ended"
  | ["again"] ->
    let! _ = again "again"
    ret ()
  | ["report"] ->
    let! _ = report 1
    ret ()
  | _ -> Console.print_line "\(spin 1) \(halve 1.0) \(List.length arguments)"
