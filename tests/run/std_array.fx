// Array: in place where nobody else holds it, a copy where somebody does; words, floats and counted items.
import Array
import Console
import List

let check (name : String) (holds : Bool) : Unit ! {Console} =
  if holds then ret () else Console.print_line "wrong: \(name)"

let million = 1000000

let push_all (array : Array Int) (i : Int) : Array Int = if i == million then array else push_all (Array.push i array) (i + 1)

let set_all (array : Array Int) (i : Int) : Array Int =
  if i == million then array else set_all (Array.set i (million - i) array) (i + 1)

// The sieve of Eratosthenes.
let strike (sieve : Array Bool) (i : Int) (step : Int) : Array Bool =
  if i >= Array.length sieve then sieve else strike (Array.set i False sieve) (i + step) step

let sieve (array : Array Bool) (i : Int) : Array Bool =
  if i * i >= Array.length array then array
  else if Array.at i array then sieve (strike array (i * i) i) (i + 1)
  else sieve array (i + 1)

let main (_ : List String) : Unit ! {Console} =
  let pushed = push_all Array.empty 0
  do! check "push" (Array.length pushed == million && Array.get 999999 pushed == Some 999999)
  let changed = set_all pushed 0
  do! check "set" (Array.fold (fun total x -> total + x) 0 changed == million * (million + 1) / 2)
  do! check "the first is unchanged" (Array.at 0 pushed == 0 && Array.at 0 changed == million)
  let words = Array.from_list ["a", "b", "c"]
  let other = Array.set 1 "z" words
  do! check "copy" (Array.to_list words == ["a", "b", "c"] && Array.to_list other == ["a", "z", "c"])
  do! check "set the same twice" (Array.to_list (Array.set 0 "q" (Array.set 0 "p" words)) == ["q", "b", "c"])
  do! check "append to itself" (Array.to_list (Array.append words words) == ["a", "b", "c", "a", "b", "c"])
  do! check "append to nothing" (Array.to_list (Array.append Array.empty words) == ["a", "b", "c"])
  do! check "slice" (Array.to_list (Array.slice 1 2 words) == ["b"] && Array.is_empty (Array.slice 2 1 words) && Array.length (Array.slice (-5) 50 words) == 3)
  do! check "slice beyond" (Array.is_empty (Array.slice 9 12 words))
  do! check "swap" (Array.to_list (Array.swap 0 2 words) == ["c", "b", "a"] && Array.to_list (Array.swap 1 1 words) == ["a", "b", "c"])
  do! check "floats" (Array.fold (fun total x -> total + x) 0.0 (Array.map (fun x -> x / 2.0) (Array.from_list [1.0, 2.0, 3.0])) == 3.0)
  do! check "float get" (Array.get 1 (Array.push 2.5 (Array.make 1 0.5)) == Some 2.5)
  do! check "nested" (Array.to_list (Array.at 0 (Array.make 3 words)) == ["a", "b", "c"])
  do! check "update" (Array.to_list (Array.update 2 (fun text -> text ++ "!") words) == ["a", "b", "c!"])
  do! check "pops" (popped (Array.from_list [1, 2, 3]) [] == [1, 2, 3])
  do! check "negative" (Array.is_empty (Array.make (-1) 'x') && Array.is_empty (Array.init (-1) (fun i -> i)) && Array.get (-1) words == None)
  do! check "fold_right" (Array.fold_right (fun text rest -> text ++ rest) "" words == "abc")
  do! check "filter and find" (Array.to_list (Array.filter (fun x -> x % 2 == 1) (Array.from_list [1, 2, 3])) == [1, 3] && Array.find_index (fun x -> x > 9) (Array.from_list [1]) == None)
  do! check "map to another kind" (Array.to_list (Array.map_indexed (fun i text -> (i, text)) words) == [(0, "a"), (1, "b"), (2, "c")])
  do! check "sort" (Array.to_list (Array.sort (Array.from_list [2.0, 1.0])) == [1.0, 2.0])
  let primes = sieve (Array.make 1000 True) 2
  Console.print_line (show (List.length (List.filter (fun i -> Array.at i primes) (List.range 2 999))))

let popped (array : Array Int) (done : List Int) : List Int =
  match Array.pop array
  | None -> done
  | Some (last, rest) -> popped rest (last :: done)
