// In a type, -> and | open and close nothing.

type Method = Get | Head | Other String

type Tree k v =
  | Leaf
  | Node (Tree k v) k v (Tree k v)

type Undented =
| One
| Two

type Request =
  { method : Method
  , handler : a -> b ! {Log | e}
  }

alias Handler = Request -> Answer ! {File, Time}

effect Store =
  get : String -> Option String
  put : String -> String -> Unit
  clear : Unit

extern effect Clock =
  now : Int = "clock_now"
  sleep : Int -> Unit = wait "clock_sleep"

extern let sqrt : Float -> Float = "fx_sqrt"

let annotated (f : a -> b) (r : { x : Int }) : a -> b = fun x -> f x

cell Hits : List (Int -> Int) = [fun x -> x]
