import Console
import Int
import List
import Random
import Set
import String

let times (n : Int) (c : a ! e) : List a ! e = List.map_seq (fun _ -> c) (List.range 1 n)

let say (text : String) : Unit ! {Console | e} = Console.print_line text

// What holds of every draw, whatever it is.
let laws : Unit ! {Console, Random} =
  let! dice = times 2000 (Random.int 1 6)
  do! say (show (Set.to_list (Set.from_list dice)))
  let! zeros = times 100 (Random.int 7 7)
  do! say (show (Set.to_list (Set.from_list zeros)))
  let! wide = times 100 (Random.int Int.min_value Int.max_value)
  do! say "\(Set.size (Set.from_list wide)) \(List.any (fun n -> n < 0) wide) \(List.any (fun n -> n > 0) wide)"
  let! edge = times 200 (Random.int (Int.max_value - 2) Int.max_value)
  do! say "\(Set.size (Set.from_list edge))"
  let! floats = times 2000 Random.float
  do! say "\(List.all (fun x -> x >= 0.0 && x < 1.0) floats) \(List.any (fun x -> x < 0.1) floats) \(List.any (fun x -> x > 0.9) floats)"
  let! texts = List.map_seq Random.bytes [0, 1, 16, 5000, -1]
  do! say (show (List.map String.length texts))
  let! keys = times 100 (Random.bytes 16)
  do! say "\(Set.size (Set.from_list keys))"
  let! cards = Random.shuffle (List.range 1 52)
  do! say "\(List.sort cards == List.range 1 52)"
  let! none = Random.pick (List.range 1 0)
  let! one = Random.pick ["only"]
  say "\(show none) \(show one)"

let main (_ : List String) : Unit ! {Console, Random} = laws
