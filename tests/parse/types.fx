type Shape = Circle Float | Square (Float, Float) | Empty
/// Documented.
type Tree k v =
  /// Nothing.
  | Leaf
  /// Something.
  | Node (Tree k v) k v (Tree k v)
type Request = {
  /// The verb.
  method : Method, target : String,
  headers : List (String, String),
}
opaque type Id = Id Int
opaque type Secret = { key : String }
extern type Array a
extern type Handle
alias Handler = Request -> Answer ! {File, Time}
alias Web = {File, Log, Tcp, Time}
alias Nothing e = a ! {}
let f (g : a -> b -> c) (h : (a -> b) -> c) : List b ! e = x
let r (x : Int ! {Fail String, Log | e}) (y : Unit -> Never) : Map.Key k = x
let named (x : Unit ! Web) : Int ! Names.Set = x
