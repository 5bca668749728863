import Console

effect Store =
  get : String -> Option String

let lookup key = Store.get key

let report key =
  match! lookup key
  | Some value -> Console.print_line value
  | None -> Console.print_line "nothing"

let main (_ : List String) =
  do! Console.print_line "looking"
  report "a"
