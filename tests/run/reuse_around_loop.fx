import Console
import List
import Time

// A list's first cell is taken apart; on the way to the new one there is a loop, and on another way a wait.

let place_of (wanted : String) (names : List String) : Int =
  let look at names =
    match names
    | [] -> 0
    | name :: rest -> if name == wanted then at else look (at + 1) rest
  look 1 names

let change (xs : List Int) (names : List String) (wanted : String) : List Int =
  match xs
  | [] -> []
  | x :: rest ->
    let place = if x > 10 then place_of wanted names else if x > 5 then 7 else x * 2
    let first = if place > 100 then place * 3 - x * 7 + 11 else place * x + 5 * (x - 1)
    let second = if first > place then first - place * 9 else first * 2 + place + x * x
    (first * second + place - x * 4 + (first - 3) * (second - 5)) :: change rest names wanted

let wait_or_not (xs : List Int) : List Int ! {Time} =
  match xs
  | [] -> ret []
  | x :: rest ->
    let! y =
      if x > 3 then
        do! Time.sleep 1
        ret 5
      else ret 2
    ret (y :: rest)

let again (n : Int) (xs : List Int) (names : List String) (wanted : String) : List Int =
  if n == 0 then xs else again (n - 1) (change xs names wanted) names wanted

let main (arguments : List String) : Unit ! {Console, Time} =
  let numbers = 12 :: List.length arguments :: List.map (fun x -> x * 3) [1, 2, 4]
  do! Console.print_line (show (again (2 + List.length arguments) numbers ("a" :: "b" :: arguments) "b"))
  let! a = wait_or_not (List.filter (fun x -> x > 5) numbers)
  let! b = wait_or_not (List.filter (fun x -> x < 3) numbers)
  Console.print_line (show [a, b])
