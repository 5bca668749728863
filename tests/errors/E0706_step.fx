import Console

cell Count : Int = 0

let greet (name : String) : Unit ! {Console, Count} =
  do! Count.set 1
  Console.print_line "Hello \(name)"

spec greets (name : String) =
  greet name runs
    Count.set 1 => ()
    greet name => ()
  returns ()
