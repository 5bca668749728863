import Console
import List

/// The first placement of queens, by a choice that is gone back to as often as it fails.
effect Search =
  pick : Int -> Int
  fail : Never

let first_found (c : a ! {Search | e}) : Option a ! e =
  handle c with
  | ret x -> ret (Some x)
  | Search.fail -> ret None
  | ctl Search.pick size resume -> try_from 1 size resume

let try_from (n : Int) (size : Int) (resume : Int -> Option a ! e) : Option a ! e =
  if n > size then ret None
  else
    match! resume n
    | Some x -> ret (Some x)
    | None -> try_from (n + 1) size resume

let is_safe (queen : Int) (distance : Int) (placed : List Int) : Bool =
  match placed
  | [] -> True
  | other :: rest ->
    queen != other && queen != other + distance && queen != other - distance && is_safe queen (distance + 1) rest

let place (size : Int) (column : Int) : List Int ! {Search} =
  if column == 0 then ret []
  else
    let! rest = place size (column - 1)
    let! next = Search.pick size
    if is_safe next 1 rest then ret (next :: rest) else Search.fail

let main (_ : List String) : Unit ! {Console} =
  let! found = first_found (place 22 22)
  match found
  | Some queens -> Console.print_line "\(List.fold (fun sum queen -> sum * 7 % 1000003 + queen) 0 queens)"
  | None -> Console.print_line "none"
