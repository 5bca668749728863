# fx test: a line for each test, why it failed below it, a summary; tests with parameters are tried on values made up by their types.
mkdir sums
cat > sums/Sum.fx <<'END'
import List

/// The sum of all.
///
/// ```fx
/// Sum.of [1, 2, 3] == 6
/// let none = List.range 1 0
/// of none == 1
/// ```
let of (xs : List Int) : Int = List.fold (fun a b -> a + b) 0 xs

test "of nothing" = of [] == 0
END
cat > sums/sums.fx <<'END'
import Console
import List
import Map
import String
import Sum
import Test
import Time

type Tree a = Leaf | Node (Tree a) a (Tree a)
type Person = { name : String, born : Int, likes : List String }

let count (tree : Tree a) : Int =
  match tree
  | Leaf -> 0
  | Node left _ right -> count left + 1 + count right

cell Hits : Int = 0

let visit : Int ! {Hits} =
  do! Hits.update (fun n -> n + 1)
  Hits.get

test "plain" = Sum.of [1, 2] == 3
test "two sides" = Test.equal (Sum.of [1, 2]) 4
test "by the runtime" =
  do! Time.sleep 1
  do! Console.print_line "a test may print"
  ret True
test "cells start afresh" = let! n = visit in ret (n == 1)
test "for each test" = let! n = visit in ret (n == 1)
test "a fault" = Sum.of [fault "no number"] == 0
test "reversed twice" (xs : List Int) = Test.equal (List.reverse (List.reverse xs)) xs
test "reversed once" (xs : List Int) = Test.equal (List.reverse xs) xs
test "no negative" (x : Int) when x > -10 = x >= 0
test "never" (x : Int) when x > 1 && x < 1 = False
test "small trees" (tree : Tree Char) = count tree < 3
test "short maps" (table : Map String Bool) = Map.size table < 2
test "short texts" (text : String) = String.length text < 4
test "any function" (f : Int -> Bool) (xs : List Int) = Test.equal (List.filter f xs) xs
test "all persons" (a : Person) (b : Person) = Test.equal a b
test "two of a pair" (x, y) when x < y && y < 1000 && x > -1000 = y - x > 1
test "any item" (xs : List a) (ys : List a) = xs ++ ys == ys ++ xs
test "no way to make one" (c : Unit ! {Console} -> Never) = True

let person (n : Int) : Person = { name = "P\(n)", born = 1900 + n, likes = ["tea"] }
let persons : List Person = List.map person (List.range 1 30)

test "where lists differ" = Test.equal (List.range 1 100) (List.range 1 40 ++ [0] ++ List.range 42 100)
test "where one is longer" = Test.equal persons (List.filter (fun p -> p.born != 1912) persons)
test "where records differ" =
  Test.equal persons (List.map (fun p -> if p.born == 1905 then { p with name = "Q", likes = ["coffee"] } else p) persons)
END
fx test --seed 7 sums/sums.fx; echo "status $?"
fx test --seed 7 --filter "reversed once" --json sums/sums.fx; echo "status $?"
fx test --filter plain sums/sums.fx; echo "status $?"
fx test --filter "no such" sums/sums.fx; echo "status $?"
fx test --seed 7 --filter cells sums/sums.fx sums/Sum.fx; echo "status $?"
echo 'let main (_ : List String) : Unit ! {} = ret ()' > empty.fx
fx test empty.fx; echo "status $?"
fx test --seed seven empty.fx; echo "status $?"
echo 'test "wrong" = 1' > wrong.fx
fx test wrong.fx; echo "status $?"
cat > example.fx <<'END'
/// ```fx
/// twice 2 == "4"
/// ```
let twice (x : Int) : Int = 2 * x
END
fx test example.fx; echo "status $?"

# Floats of all sizes, and made smaller to the nearest that will do.
cat > floats.fx <<'END'
test "small" (f : Float) = f < 100.5
test "positive" (f : Float) = f > -3.0
END
fx test --seed 2 floats.fx
echo status $?
