import Console
import Float
import Json
import List
import String

let record (n : Int) : Json =
  Json.Object [
    ("id", Json.Int n),
    ("name", Json.Text "item \(n) of \"many\""),
    ("price", Json.Float (Float.of_int n / 8.0)),
    ("tags", Json.Array [Json.Text "alpha", Json.Text "two words", Json.Text "größer"]),
    ("parent", if n % 3 == 0 then Json.Null else Json.Int (n / 3)),
    ("active", Json.Bool (n % 2 == 0))]

/// Reads what it has written, and writes that again.
let main (_ : List String) : Unit ! {Console} =
  let text = Json.to_string (Json.Array (List.map record (List.range 1 100_000)))
  match Json.parse text
  | Ok json -> Console.print_line "\(String.length text) \(Json.to_string json == text)"
  | Err error -> Console.print_line (Json.message error)
