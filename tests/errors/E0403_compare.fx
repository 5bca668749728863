import Console

type Handler = { name : String, run : Int -> Int }

let same (f : Int -> Int) g = f == g
let equal (a : Handler) b = a == b
let text = show (1, fun x -> x)
let shown = show (Console.print_line "a")
let twice (x : Bool) = x + x
let half = "abc" / 2
let joined = 'a' ++ 'b'
let inside (xs : List Int) = "numbers: \(xs)"
let least a b = if a < b then a else b
let wrong = least (fun x -> x) (fun x -> x)
