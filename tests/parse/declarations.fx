/// What the module is for.
///
/// In two paragraphs.

import Http.Request as Request
import List (map, filter, Cons)
import Time as T (now)
/// A greeting.
///   indented
private let greeting = "Hello"
let twice (f : a -> a) (x : a) : a = f (f x)
cell Hits : Int = 0
cell Names = []
/// A store.
effect Store =
  /// Reads.
  get : String -> Option String
  put : String -> String -> Unit

  clear : Unit
effect Fail e =
  raise : e -> Never
extern effect Clock =
  now : Int = "clock_now"
  sleep : Int -> Unit = wait "clock_sleep"
extern let sqrt : Float -> Float = "fx_sqrt"
private extern let read : Int -> String = wait "fx_read"
test "it is so" =
  Test.equal 1 1
let last = Names.Visits.get
test "for all" (xs : List Int) (x, y) when x < y && xs != [] = List.length xs > 0
