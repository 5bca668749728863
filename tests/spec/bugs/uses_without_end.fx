/// Specs that use themselves and never come to a step: nothing that a program does could be wrong by them.
import Console

let greet (name : String) : Unit ! {Console} = Console.print_line "Hello \(name)"

spec greets (name : String) =
  greet name runs
    use greets name
  returns ()

spec greets_more (n : Int) =
  greet "\(n)" runs
    use greets_more (n + 1)
  returns ()

spec greets_both =
  greet "you" runs
    join
      use greets_both
    and
      Console.print_line "Hello you" => ()
  returns ()
