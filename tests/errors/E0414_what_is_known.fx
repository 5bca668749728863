import List
import Map

let twice f x = f (f x)
let four : Int = twice (fun x -> x + 1)
let found : Option Int = Map.get "a"
let unknown = twice (fun x -> x) + 1

let lacks_all (start : Int) : Int = twice + start
