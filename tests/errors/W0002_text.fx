import Console

let greet (name : String) : Unit ! {Console} =
  let place = "here"
  Console.print_line "Hello {name}, we are ${place}"

let used (name : String) : String = "{name}" ++ name

let none (name : String) : String = "{ name } {names} \(1) {}"

let each (names : List String) : String =
  match names
  | first :: _ -> "{first} \(1)"
  | [] -> ""
