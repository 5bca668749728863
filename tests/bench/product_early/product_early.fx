import Console

/// A product that ends at the first 0, from deep within a recursion.
effect Done =
  answer : Int -> Never

let early (c : Int ! {Done | e}) : Int ! e =
  handle c with
  | Done.answer n -> ret n

let product (numbers : List Int) : Int ! {Done} =
  match numbers
  | [] -> ret 0
  | n :: rest ->
    if n == 0 then Done.answer 0
    else
      let! m = product rest
      ret (n * m)

let down_to_zero (n : Int) (rest : List Int) : List Int = if n < 0 then rest else down_to_zero (n - 1) (n :: rest)

let repeat (n : Int) (numbers : List Int) (total : Int) : Int ! e =
  if n == 0 then ret total
  else
    let! m = early (product numbers)
    repeat (n - 1) numbers (total + m)

let reverse (numbers : List Int) (done : List Int) : List Int =
  match numbers
  | [] -> done
  | n :: rest -> reverse rest (n :: done)

let main (_ : List String) : Unit ! {Console} =
  let! n = repeat 100_000 (reverse (down_to_zero 1000 []) []) 0
  Console.print_line "\(n)"
