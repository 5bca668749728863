import Console
import Time

/// Control clauses that resume before they do anything else: what they do behind that comes behind the handle, the last first.
effect Tell =
  tell : String -> Int
  many : Int -> Float -> String -> List Int -> Float
  stop : String -> Never
  both : Bool
  later : Int

let told (c : List String ! {Tell, Console | e}) : List String ! {Console | e} =
  handle c with
  | ret xs -> ret ("end" :: xs)
  | ctl Tell.tell text resume ->
    let longer = text ++ "!"
    let! xs = resume (if text == "long" then 4 else 1)
    do! Console.print_line "behind \(longer)"
    ret (longer :: xs)
  | ctl Tell.many n x text ns resume ->
    match ns
    | [] -> resume (x * 2.0)
    | m :: _ ->
      let! xs = resume (x + 0.5)
      ret (text :: "\(n + m)" :: xs)
  | Tell.stop why -> ret ["stopped", why]
  | ctl Tell.both resume ->
    let! left = resume True
    let! right = resume False
    ret (left ++ right)
  | ctl Tell.later resume ->
    do! Console.print_line "first"
    resume 7

let in_turn : List String ! {Tell} =
  let! a = Tell.tell "one"
  let! b = Tell.tell "long"
  let! x = Tell.many 1 2.5 "text" [10]
  let! y = Tell.many 1 2.5 "text" []
  ret ["\(a + b)", "\(x)", "\(y)"]

let stopped : List String ! {Tell, Console} =
  let! _ = Tell.tell "before"
  bracket (ret ())
    (fun _ ->
      let! n = Tell.tell "release"
      Console.print_line "released \(n)")
    (fun _ ->
      let! _ = Tell.tell "within"
      Tell.stop "here")

let shared : List String ! {Tell} =
  let! _ = Tell.tell "once"
  let! left = Tell.both
  let! n = Tell.tell (if left then "left" else "right")
  let! m = Tell.later
  ret ["\(n + m)"]

let waits : List String ! {Tell, Time} =
  let! a = Tell.tell "sleep"
  do! Time.sleep 1
  let! b = Tell.tell "wake"
  ret ["\(a + b)"]

effect Count =
  next : Int

/// Behind the handle as deep as the loop is long.
let counted (c : Int ! {Count | e}) : Int ! e =
  handle c with
  | ctl Count.next resume ->
    let! n = resume 1
    ret (n + 1)

/// A resumption in tail position leaves nothing behind.
let ones (c : a ! {Count | e}) : a ! e =
  handle c with
  | ctl Count.next resume -> resume 1

let loop (n : Int) (total : Int) : Int ! {Count} =
  if n == 0 then ret total
  else
    let! one = Count.next
    loop (n - 1) (total + one)

effect Outer =
  outer : Int

let around (c : Int ! {Outer | e}) : Int ! e =
  handle c with
  | ctl Outer.outer resume ->
    let! n = resume 100
    ret (n * 2)

let mixed : Int ! {Outer, Count} =
  let! a = Count.next
  let! b = Outer.outer
  let! c = Count.next
  ret (a + b + c)

let says (c : List String ! {Console, Time}) : Unit ! {Console, Time} =
  let! xs = c
  Console.print_line (show xs)

let main (_ : List String) : Unit ! {Console, Time} =
  do! says (told in_turn)
  do! says (told stopped)
  do! says (told shared)
  do! says (told waits)
  let! n = counted (loop 300000 0)
  let! m = ones (loop 1000000 0)
  do! Console.print_line "\(n) \(m)"
  let! n = around (counted mixed)
  let! m = counted (around mixed)
  Console.print_line "\(n) \(m)"
