/// What the site's tour shows, as one program.
import Console
import Error
import File
import List
import Option
import Time

type Shape =
  | Circle Float
  | Box Float Float

let area (shape : Shape) : Float =
  match shape
  | Circle radius -> 3.14159 * radius * radius
  | Box width height -> width * height

let total (shapes : List Shape) : Float =
  List.fold (fun sum shape -> sum + area shape) 0.0 shapes

let greet (name : String) : Unit ! {Console} =
  Console.print_line "Hello \(name)!"

let greet_all (names : List String) : Unit ! {Console} =
  List.iter_seq greet names

let ask (question : String) : String ! {Console} =
  do! Console.print_line question
  let! answer = Console.read_line
  ret (Option.with_default "nobody" answer)

/// Stands for a question to a machine far away.
let fetch (name : String) : String ! {Time} =
  do! Time.sleep 10
  ret "the \(name)"

let fetch_both : Unit ! {Console, Time} =
  let! (page, picture) = join (fetch "page") (fetch "picture")
  Console.print_line "\(page) and \(picture)"

let fetch_in_time : Unit ! {Console, Time} =
  match! first (fetch "page") (Time.sleep 2000)
  | Left page -> Console.print_line page
  | Right () -> Console.print_line "no answer within two seconds"

let start_with (settings : String) : Unit ! {Console} = Console.print_line "starting with \(settings)"

let start : Unit ! {Console, File} =
  match! File.read "settings.txt"
  | Ok text -> start_with text
  | Err Error.NotFound -> start_with "the usual settings"
  | Err error -> Console.error_line (Error.message error)

let main (_ : List String) : Unit ! {Console, File, Time} =
  do! Console.print_line "\(total [Box 2.0 3.5, Box 0.5 1.0])"
  do! greet_all ["Ada", "Grace"]
  let! name = ask "And who are you?"
  do! greet name
  do! fetch_both
  do! fetch_in_time
  start
