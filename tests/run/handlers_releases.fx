import Console

/// Control clauses performed by releases, of what is cancelled: it stays cancelled, whatever they answer.
effect Pause =
  pause : Int -> Int

effect Ask =
  ask : String -> String

effect Both =
  stop : String -> Never
  hear : String -> String

let drop_it (c : List String ! {Pause | e}) : List String ! e =
  handle c with
  | ctl Pause.pause n _ -> ret ["dropped", "\(n)"]

let once (c : List String ! {Ask | e}) : List String ! e =
  handle c with
  | ctl Ask.ask n resume -> resume (n ++ "!")

let never (c : List String ! {Ask | e}) : List String ! e =
  handle c with
  | ctl Ask.ask n _ -> ret [n, n]

let twice (c : List String ! {Ask | e}) : List String ! e =
  handle c with
  | ctl Ask.ask n resume ->
    let! xs = resume (n ++ "1")
    ret ("never there" :: xs)

let asks (use : List String ! {Ask, Console | e}) : List String ! {Ask, Console | e} =
  bracket (Console.print_line "acquired")
    (fun _ ->
      let! answer = Ask.ask "what"
      Console.print_line "released: \(answer)")
    (fun _ -> use)

let pauses : List String ! {Pause | e} =
  let! n = Pause.pause 1
  ret ["\(n)"]

/// Nothing comes behind the handler when what it handles is cancelled.
let go_on (handler : List String ! {Ask, Console | e} -> List String ! {Console | e}) (use : List String ! {Ask, Console | e}) : List String ! {Console | e} =
  let! xs = handler (asks use)
  do! Console.print_line "never said: \(show xs)"
  ret xs

let pauses_in_release : List String ! {Pause, Console} =
  bracket (ret ())
    (fun _ ->
      let! n = Pause.pause 2
      Console.print_line "never said: \(n)")
    (fun _ -> pauses)

let both (c : List String ! {Both | e}) : List String ! e =
  handle c with
  | Both.stop s -> ret ["stopped", s]
  | ctl Both.hear n resume -> resume (n ++ "!")

/// Each question goes on around another handler.
let both_with (start : String) (c : List String ! {Both | e}) : List String ! e =
  let! run =
    handle c with
    | ret x -> ret (fun _ -> ret x)
    | Both.stop s -> ret (fun _ -> ret ["stopped", s])
    | ctl Both.hear n resume ->
      ret (fun s ->
        let! rest = resume (n ++ s)
        rest (s ++ "+"))
  run start

let hears (use : List String ! {Both, Console}) : List String ! {Both, Console} =
  bracket (ret ())
    (fun _ ->
      let! one = Both.hear "one"
      let! two = Both.hear "two"
      Console.print_line "released: \(one) \(two)")
    (fun _ -> use)

let says (c : List String ! {Console}) : Unit ! {Console} =
  let! xs = c
  Console.print_line (show xs)

let main (_ : List String) : Unit ! {Console} =
  do! says (drop_it pauses_in_release)
  do! says (drop_it (go_on once pauses))
  do! says (drop_it (go_on never pauses))
  do! says (drop_it (go_on twice pauses))
  do! says (once (drop_it (asks pauses)))
  do! says (both (go_on once (Both.stop "it")))
  do! says (both (go_on never (Both.stop "it")))
  do! says (both (hears (Both.stop "it")))
  do! says (both_with "+" (hears (Both.stop "it")))
  says (never (asks (ret ["answered"])))
