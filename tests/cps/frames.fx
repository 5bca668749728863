import Console

// What frames keep: words before counted values, Floats among the words, a field that is borrowed from its list as a word, and a value that the rest
// needs twice.
type Shape = Circle Float | Named String Shape

let even_wait (n : Int) (xs : List String) : Int ! e =
  if n == 0 then ret 0
  else
    do! yield
    odd_wait xs (n - 1)

let odd_wait (xs : List String) (n : Int) : Int ! e =
  match xs
  | [] -> even_wait n xs
  | text :: rest ->
    do! yield
    let! count = even_wait (n - 1) (text :: text :: rest)
    ret (count + 1)

let each (f : a -> Unit ! e) (xs : List a) : Unit ! e =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! f x
    each f rest

let describe (scale : Float) (shape : Shape) : String ! {Console} =
  match shape
  | Circle r ->
    let! line = Console.read_line
    match line
    | Some text -> ret "\(text) \(r * scale)"
    | None -> ret "\(scale)"
  | Named name inner ->
    let! text = describe scale inner
    do! Console.print_line name
    ret (name ++ text ++ name)

let main (_ : List String) : Unit ! {Console} =
  let! n = odd_wait ["a"] 5
  let factor = if n > 2 then 0.5 else 2.0
  let! text = describe factor (Named "circle" (Circle 1.5))
  do! each (fun x -> let! _ = Console.read_line in Console.print_line "\(x) \(factor) \(text)") [n, 2]
  each Console.print_line [text, text]
