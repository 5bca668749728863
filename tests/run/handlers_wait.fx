import Console
import Time

effect Ask =
  ask : String -> Int

effect Fail e =
  raise : e -> Never

let slow (c : a ! {Ask, Time | e}) : a ! {Time | e} =
  handle c with
  | Ask.ask text ->
    do! Time.sleep 5
    ret 7

let to_result (c : a ! {Fail e | r}) : Result a e ! r =
  handle c with
  | ret x -> ret (Ok x)
  | Fail.raise e -> ret (Err e)

let use : Int ! {Ask, Time} =
  let! a = Ask.ask "x"
  do! Time.sleep 1
  let! b = Ask.ask "y"
  ret (a + b)

let late : Unit ! {Fail String, Time} =
  do! Time.sleep 3
  Fail.raise "late"

let main (args : List String) : Unit ! {Console, Time} =
  let! n = slow use
  do! Console.print_line "\(n)"
  let! p = slow (join use use)
  do! Console.print_line (show p)
  let! r = to_result (join late (bracket (ret 1) (fun _ -> Console.print_line "released") (fun _ -> Time.sleep 60_000)))
  do! Console.print_line (show r)
  let! r = to_result (first late (Time.sleep 60_000))
  do! Console.print_line (show r)
