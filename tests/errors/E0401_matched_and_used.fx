import Console

let main (_ : List String) : Unit ! {Console} =
  let! name = Console.read_line
  match name
  | "" -> Console.print_line "nobody"
  | _ -> Console.print_line name
