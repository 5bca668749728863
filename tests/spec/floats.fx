/// What is true of most Floats: a nan is not equal to itself, so none of this is proved.
import List

effect World =
  tell : Int -> Unit
  ask : Int -> Float

spec equals_itself (xs : List Float) =
  World.tell (if xs == xs then 1 else 2) runs
    World.tell 1 => ()
  returns ()

let first_of (x, _) = x
let second_of (_, y) = y

let keep (done : List a) (xs : List a) : List a =
  match xs
  | [] -> List.reverse done
  | x :: rest -> if x == x then keep (x :: done) rest else keep done rest

spec keeps_each (pairs : List (Int, Float)) =
  List.map_seq World.ask (List.map first_of pairs) runs
    match pairs
    | [] ->
    | (question, answer) :: rest ->
      World.ask question => answer
      use keeps_each rest
  returns keep [] (List.map second_of pairs)
