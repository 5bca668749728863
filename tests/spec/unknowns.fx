/// Parameters stand for all values: what is proved, tested, bounded.
import Console
import String
import File
import Error

let shout (text : String) : Unit ! {Console} =
  Console.print_line (String.to_upper text)

spec shouts (text : String) =
  shout text runs
    Console.print_line (String.to_upper text) => ()
  returns ()

let count (n : Int) : Unit ! {Console} =
  if n > 10 then Console.print_line "many" else Console.print_line "few \(n + 1)"

spec counts (n : Int) =
  count n runs
    if n > 10 then
      Console.print_line "many" => ()
    else
      Console.print_line "few \(n + 1)" => ()
  returns ()

let say_all (xs : List String) : Unit ! {Console} =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! Console.print_line x
    say_all rest

spec say_all_ok (xs : List String) =
  say_all xs runs
    for x in xs
      Console.print_line x => ()
  returns ()

let size (path : String) : Result Int Error ! {File} =
  match! File.read path
  | Ok text -> ret (Ok (String.length text))
  | Err e -> ret (Err e)

spec size_err (path : String) (e : Error) =
  size path runs
    File.read path => Err e
  returns Err e

let first_line (handle_path : String) : Result String Error ! {File} =
  match! File.with_file handle_path (fun h -> File.read_at h 0 100)
  | Ok r -> ret r
  | Err e -> ret (Err e)

spec opens (path : String) (h : File.Handle) (text : String) =
  first_line path runs
    File.open_read path => Ok h
    File.read_at h 0 100 => Ok text
    File.close h => ()
  returns Ok text

let greet_known (name : String) : Unit ! {Console} =
  if name == "bob" then Console.print_line "you again" else Console.print_line ("hello " ++ name)

spec known (name : String) =
  greet_known name runs
    match name
    | "bob" ->
       Console.print_line "you again" => ()
    | _ ->
       Console.print_line "hello \(name)" => ()
  returns ()

/// What could overflow is looked at, too.
let next (n : Int) : Int = if n < 1000 then n + 1 else n

spec next_fits (n : Int) =
  Console.print_line "\(next n)" runs
    if n < 1000 then
      Console.print_line "\(n + 1)" => ()
    else
      Console.print_line "\(n)" => ()
  returns ()

type Shape =
  | Circle Int
  | Box Int Int

let describe (shape : Shape) : Unit ! {Console} =
  match shape
  | Circle 0 -> Console.print_line "a point"
  | Circle _ -> Console.print_line "round"
  | Box width height when width == height -> Console.print_line "square"
  | Box _ _ -> Console.print_line "oblong"

spec describes (shape : Shape) =
  describe shape runs
    match shape
    | Circle radius when radius == 0 ->
      Console.print_line "a point" => ()
    | Circle _ ->
      Console.print_line "round" => ()
    | Box width height when width != height ->
      Console.print_line "oblong" => ()
    | Box _ _ ->
      Console.print_line "square" => ()
  returns ()

/// A step that only a longer list would lead to than those that are looked at.
spec seven_are_many (xs : List Int) =
  Console.print_line "a list" runs
    Console.print_line "a list" => ()
    match xs
    | [_, 2, 3, 5, 7, 11, 13] ->
      Console.print_line "of primes" => ()
    | _ ->
  returns ()
