import List

let sizes (names : List String) List (Option Int) =
  match names
  | [] -> []
  | _ :: rest -> None :: sizes rest

let total (numbers : List) Int : Int = List.sum numbers

let twice (name : String) String =
  let again (n : Int) Int = n + n
  "\(name) \(again 1)"

let main args = sizes [twice "a", "\(total [1, 2])"]
