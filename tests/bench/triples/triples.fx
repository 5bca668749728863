import Console

/// Three numbers that have a sum, by choices that are resumed twice or not at all.
effect Choose =
  flip : Bool
  fail : Never

cell Found : Int = 0

let each (c : (Int, Int, Int) ! {Choose, Found | e}) : Unit ! {Found | e} =
  handle c with
  | ret (a, b, c) -> Found.update (fun hash -> (hash * 31 + a * 53 + b * 2809 + c * 148877) % 1000000007)
  | Choose.fail -> ret ()
  | ctl Choose.flip resume ->
    do! resume True
    resume False

let choice (n : Int) : Int ! {Choose} =
  if n < 1 then Choose.fail
  else
    let! this_one = Choose.flip
    if this_one then ret n else choice (n - 1)

let triple (n : Int) (sum : Int) : (Int, Int, Int) ! {Choose} =
  let! i = choice n
  let! j = choice (i - 1)
  let! k = choice (j - 1)
  if i + j + k == sum then ret (i, j, k) else Choose.fail

let main (_ : List String) : Unit ! {Console} =
  let! ((), n) = Found.run 0 (each (triple 200 200))
  Console.print_line "\(n)"
