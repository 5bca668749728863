import Console

let greet (name : String) : Unit ! {Console} =
  do! Console.print_line "Hello \(name)"
  ret ()

spec greets (name : String) =
  greet name runs
    Console.print_line "Hello \(name)" => ()
  returns ()

spec greets_two (first_name : String) second_name =
  join (greet first_name) (greet second_name) runs
    join
      use greets first_name
    and
      use greets second_name
  returns ((), ())

test "arithmetic" = 1 + 1 == 2
test "computed" =
  let! n = ret 2
  ret (n == 2)
