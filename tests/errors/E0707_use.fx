import Console

let greet (name : String) : Unit ! {Console} = Console.print_line "Hello \(name)"

spec greets (name : String) =
  greet name runs
    Console.print_line "Hello \(name)" => ()
  returns ()

spec greets_whom (greeting : Unit ! {Console}) =
  greeting runs
  returns ()

spec uses_a_function (name : String) =
  greet name runs
    use greet name
  returns ()

spec uses_no_name (name : String) =
  greet name runs
    use (if name == "" then greets "" else greets name)
  returns ()

spec hands_a_spec_on =
  greet "" runs
    use greets_whom (greets "")
  returns ()
