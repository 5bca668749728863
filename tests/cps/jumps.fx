import Console

// What a function owns over a call that an abort may leave by a jump is listed as long as the call runs; what it has borrowed, and words, are not.
effect Stop =
  stop : String -> Never

let or_why (c : String ! {Stop}) : String ! {} =
  handle c with
  | Stop.stop why -> ret why

let owns (n : Int) (text : String) : List String ! {Stop} =
  if n == 0 then Stop.stop text
  else
    let name = "level \(n)"
    let! below = owns (n - 1) (text ++ name)
    ret (name :: below)

let borrows (numbers : List Int) : Int ! {Stop} =
  match numbers
  | [] -> ret 0
  | n :: rest ->
    if n < 0 then Stop.stop "less than nothing"
    else
      let! sum = borrows rest
      ret (n + sum)

let main (args : List String) : Unit ! {Console} =
  let! owned = or_why (let! names = owns 3 "from " in ret (show names))
  let! borrowed = or_why (let! sum = borrows [1, 2, 0 - 1] in ret (show sum))
  Console.print_line (owned ++ borrowed)
