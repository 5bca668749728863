/// The spec that is used in one branch would never be carried out.
import Console

let greet (n : Int) : Unit ! {Console} = Console.print_line (if n > 3 then "many" else "few")

spec greets_many =
  greet 4 runs
    Console.print_line "many" => ()
  returns ()

spec greets (n : Int) =
  greet n runs
    if n > 3 then
      if n > 2 then
        Console.print_line "many" => ()
      else
        use greets_many
    else
      Console.print_line "few" => ()
  returns ()
