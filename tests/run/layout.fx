import Console

let classify n =
  if n < 0 then "negative"
  else if n == 0 then "zero"
  else
    let half = n / 2
    if half * 2 == n then
      "even"
    else "odd"

let nested (x : Option Int) (y : Option Int) : String =
  match x
  | None ->
    match y
    | None -> "none"
    | Some b -> "right \(b)"
  | Some a ->
    match y
    | None -> "left \(a)"
    | Some b ->
      "both \(a)"
        ++ " \(b)"

let pipeline n =
  n
  |> (fun x -> x + 1)
  |> (fun x ->
    let doubled = x * 2
    doubled - 1)

let on_one_line n = let x = n + 1 in let y = x * x in y - x

let run_both (a : Unit ! e) (b : Unit ! e) : Unit ! e =
  do! a
  b

let main (_ : List String) : Unit ! {Console} =
  do! Console.print_line (classify (-1))
  do! Console.print_line (classify 0)
  do! Console.print_line (classify 6)
  do! Console.print_line <| classify 7
  do! Console.print_line (nested None None)
  do! Console.print_line (nested None (Some 1))
  do! Console.print_line (nested (Some 2) None)
  do! Console.print_line (nested (Some 3) (Some 4))
  do! Console.print_line "\(pipeline 4) \(on_one_line 5)"
  let sum =
    1
      + 2
      + 3
  let list = [
    1,
    2,
    sum
  ]
  do! run_both
    (
      do! Console.print_line "first line"
      Console.print_line "second line"
    )
    (Console.print_line "third line")
  match list with
  | [a, b, c] when a + b == 3 -> Console.print_line "\(c)"
  | _ -> ret ()
