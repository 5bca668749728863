import Console

let (name : String) : Unit ! {Console} = Console.print_line name

private let (count : Int) (step : Int) : Int = count + step

let : List String = ["a", "b"]

type = { name : String, size : Int }

let total : Int = add 1 2

let first_entry : Entry = { name = "a", size = total }

let main (_ : List String) : Unit ! {Console} =
  do! say "\(total)"
  List.iter_seq say names
