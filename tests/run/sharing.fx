import Console
import List

// What is changed in place when it is unique must stay as it was when it is shared.
type Account = { owner : String, balance : Int, notes : List String }

let deposit (amount : Int) (account : Account) : Account =
  { account with balance = account.balance + amount, notes = "deposit" :: account.notes }

let add_one (xs : List Int) : List Int =
  match xs
  | [] -> []
  | x :: rest -> (x + 1) :: add_one rest

let main (_ : List String) : Unit ! {Console} =
  let before = { owner = "Ada", balance = 1, notes = [] }
  let after = deposit 2 (deposit 3 before)
  do! Console.print_line "\(show before) \(show after)"
  let xs = [1, 2, 3]
  let ys = add_one xs
  do! Console.print_line "\(show xs) \(show ys) \(show (add_one (add_one ys))) \(show ys)"
  let text = "ab"
  let longer = text ++ "c"
  let other = text ++ "d"
  do! Console.print_line "\(text) \(longer) \(other) \(longer ++ longer)"
  let shared = [xs, xs, ys]
  let changed = List.map add_one shared
  Console.print_line "\(show shared) \(show changed)"
