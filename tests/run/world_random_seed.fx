import Bytes
import Console
import Int
import List
import Random

let times (n : Int) (c : a ! e) : List a ! e = List.map_seq (fun _ -> c) (List.range 1 n)

let say (text : String) : Unit ! {Console | e} = Console.print_line text

// The sequence of SplitMix64 for this seed is the one that its authors' program prints.
let main (_ : List String) : Unit ! {Console} =
  let! bits = Random.with_seed 1_234_567 (times 3 (Random.int Int.min_value Int.max_value))
  do! say (show (List.map (fun n -> Int.to_hex (Int.wrapping_add n Int.min_value)) bits))
  let! draws = Random.with_seed 1 (times 10 (Random.int (-3) 3))
  let! again = Random.with_seed 1 (times 10 (Random.int (-3) 3))
  do! say "\(draws == again) \(List.all (fun n -> n >= -3 && n <= 3) draws)"
  let! (float, bytes) = Random.with_seed 1_234_567 (join Random.float (Random.bytes 11))
  do! say "\(float) \(Bytes.to_hex bytes)"
  let! (inner, outer) = Random.with_seed 1 (nested 2)
  let! alone = Random.with_seed 2 (Random.int 0 1000)
  let! first_of_one = Random.with_seed 1 (Random.int 0 1000)
  do! say "\((inner, outer) == (alone, first_of_one))"
  let! cards = Random.with_seed 5 (Random.shuffle (List.range 1 10))
  say (show cards)

// The outer numbers stay where they are meanwhile.
let nested (seed : Int) : (Int, Int) ! {Random} =
  let! inner = Random.with_seed seed (Random.int 0 1000)
  let! outer = Random.int 0 1000
  ret (inner, outer)
