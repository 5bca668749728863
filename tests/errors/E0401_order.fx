import List
import Map
import Option

type Tree k v = Leaf | Node (Tree k v) k v (Tree k v)

let pair_up (a : a) (xs : List a) (name : String) : List (a, String) = List.map (fun x -> (x, name)) (a :: xs)

let with_default (name : Option String) : String = Option.with_default name "nobody"
let rotated (ages : Map String Int) : Map String Int = Map.insert ages "Ann" 41
let key_and_value (ages : Map String Int) : Map String Int = Map.insert 41 "Ann" ages
let get (ages : Map String Int) : Option Int = Map.get ages "Ann"
let contains (xs : List Int) : Bool = List.contains xs 3
let fold (xs : List Int) : Int = List.fold (fun sum x -> sum + x) xs 0
let start_first (xs : List Int) : Int = List.fold 0 (fun sum x -> sum + x) xs
let own : List (Int, String) = pair_up [1, 2] 3 "x"
let name_first : List (Int, String) = pair_up "x" 1 [2, 3]
let node (rest : Tree Int String) : Tree Int String = Node 1 "one" rest rest
let piped (name : Option String) : String = "nobody" |> Option.with_default name
let wrong_type (name : Option String) : String = Option.with_default 0 name
