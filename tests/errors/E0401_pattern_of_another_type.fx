type Change = { name : String, is_removed : Bool }

let without_repeats (changes : Change) : List Change =
  match changes
  | a :: b :: rest when a == b -> without_repeats (b :: rest)
  | a :: rest -> a :: without_repeats rest
  | [] -> []
