import Console

/// Operations with type variables of their own.
effect Pick =
  pick : List a -> Option a
  keep : a -> a
  both : a -> b -> (b, a)
  call : (a -> b) -> a -> b
  run : (Unit -> a ! e) -> a

effect Stop r =
  stop : a -> r -> Never
  tell : a -> r -> (a, r)

let last (xs : List a) : Option a =
  match xs
  | [] -> None
  | [x] -> Some x
  | _ :: rest -> last rest

let first_one (c : a ! {Pick | e}) : a ! e =
  handle c with
  | Pick.pick xs ->
    match xs
    | [] -> ret None
    | x :: _ -> ret (Some x)
  | Pick.keep x -> ret x
  | Pick.both a b -> ret (b, a)
  | Pick.call f x -> ret (f x)
  | Pick.run _ -> fault "not run"

let last_one (c : a ! {Pick | e}) : a ! e =
  handle c with
  | ctl Pick.pick xs resume -> resume (last xs)
  | ctl Pick.keep x resume -> resume x
  | ctl Pick.both a b resume -> resume (b, a)
  | ctl Pick.call f x resume -> resume (f x)
  | ctl Pick.run _ _ -> fault "not run"

let tells (c : a ! {Stop r | e}) : Either (a, Int) r ! e =
  handle c with
  | ret x -> ret (Left (x, 1))
  | Stop.stop _ r -> ret (Right r)
  | Stop.tell x r -> ret (x, r)

let word (n : Int) : String = "n" ++ show n

let all (n : Int) : ((Option Int, Option String, Float, (Bool, Int), (Float, String)), (String, List Int), Float, List (Int, String)) ! {Pick} =
  let! a = Pick.pick [1, 2, n]
  let! b = Pick.pick [word 1, word 2, word n]
  let! c = Pick.keep 2.5
  let! d = Pick.both 1 True
  let! e = Pick.both (word 4) 1.5
  let! f = Pick.both [n, n + 1] (word n)
  let! g = Pick.call (fun x -> x * 2.0) 1.25
  let! h = Pick.call (fun s -> [(n, s)]) (word 9)
  ret ((a, b, c, d, e), f, g, h)

let told (n : Int) : (String, Float) ! {Stop Float} =
  let! (x, r) = Stop.tell (word n) 0.5
  let! (y, s) = Stop.tell [n] r
  if n > 5 then Stop.stop y (s * 4.0) else ret (x, s + 1.0)

let main (_ : List String) : Unit ! {Console} =
  let! a = first_one (all 7)
  do! Console.print_line (show a)
  let! a = last_one (all 8)
  do! Console.print_line (show a)
  let! t = tells (told 3)
  do! Console.print_line (show t)
  let! t = tells (told 6)
  Console.print_line (show t)
