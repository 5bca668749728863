import Console
import List

// Closures of every arity and kind: capturing words, Floats and counted values, applied exactly, in parts and beyond their arity; used once, often and never.
type Shape = { name : String, area : Float -> Float -> Float }

let zero () : Int = 7

let scale (k : Float) : Float -> Float = fun x -> k * x

let mix (i : Int) (x : Float) (s : String) (b : Bool) (y : Float) (t : String) (j : Int) : String = "\(i) \(x) \(s) \(b) \(y) \(t) \(j)"

let wrap (i : Int) (x : Float) (s : String) (b : Bool) : Float -> String -> Int -> String = fun y t j -> mix i x s b y t j

let curried (a : Float) : Float -> Float -> Float -> Float = fun b -> fun c -> fun d -> a + b * c - d

let twice (f : a -> a) : a -> a = fun x -> f (f x)

let flip (f : a -> b -> c) (x : b) (y : a) : c = f y x

let each (f : a -> Unit ! e) (xs : List a) : Unit ! e =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! f x
    each f rest

let speak (prefix : String) (volume : Float) (word : String) : Unit ! {Console} = Console.print_line "\(prefix) \(volume) \(word)"

let pause (prefix : String) (volume : Float) (word : String) : Unit ! {Console} =
  do! yield
  Console.print_line "\(prefix) \(volume) \(word)"

let choose (loud : Bool) : String -> Float -> String -> Unit ! {Console} = if loud then speak else pause

let main (_ : List String) : Unit ! {Console} =
  do! Console.print_line "\(zero ()) \(scale 2.0 1.25) \(curried 1.0 2.0 3.0 0.5)"
  let partly = mix 1 0.5 "s"
  let more = partly True 2.5
  do! Console.print_line (more "t" 2)
  do! Console.print_line (more "u" 3)
  let wrapped = wrap 4 1.5 "w" False
  do! Console.print_line (List.fold (fun text f -> text ++ f 9) "" [wrapped 0.25 "a", wrapped 0.75 "b", partly False 8.0 "c"])
  let half = scale 0.5
  do! Console.print_line "\(twice (twice half) 16.0) \(flip (fun x y -> x - y) 1.0 4.0) \(List.fold (flip (fun x y -> x + y)) 0.5 [1.0, 2.0])"
  let square = { name = "square", area = fun w h -> w * h }
  let triangle = { square with name = "triangle", area = fun w h -> w * h / 2.0 }
  do! each (fun shape -> Console.print_line "\(shape.name) \(shape.area 3.0 4.0)") [square, triangle]
  do! each (choose True "loud" 1.5) ["a", "b"]
  do! each (choose False "soft" 0.5) ["c"]
  do! each (fun say -> say "d") [speak "direct" 0.1, pause "waits" 0.2, choose True "chosen" 0.3]
  let unused = fun (x : Float) -> "\(x) \(partly True x "" 0)"
  let saved = List.map (fun n -> pause "saved" 1.0 "\(n)") [1, 2, 3]
  do! each (fun c -> c) saved
  do! each (fun c -> c) (List.reverse saved)
  match List.map unused [0.5]
  | text :: _ -> Console.print_line text
  | [] -> ret ()
