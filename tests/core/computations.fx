extern effect Console =
  print_line : String -> Unit = "test_print_line"
  read_line : Option String = wait "test_read_line"
extern effect Time =
  now : Int = "test_now"
  monotonic : Int = "test_monotonic"

let answer = ret 42
let hello : Unit ! {Console} = Console.print_line "hello"
let print = Console.print_line
let ask question =
  do! Console.print_line question
  let! line = Console.read_line
  match line
  | Some text -> ret text
  | None -> ret ""
let quiet n = if n > 0 then Console.print_line "positive"
let timed c =
  let! before = Time.monotonic
  let! result = c
  let! after = Time.monotonic
  ret (result, after - before)
let together =
  let! a = Time.now and! b = Time.now and! (c, d) = timed (ret 1)
  ret (a + b + c + d)
let asked =
  match! Console.read_line
  | Some _ -> ret True
  | None -> ret False

// The argument of an operation is evaluated when it is applied.
let later n = (Console.print_line (show n), n)

let main (_ : List String) : Unit ! {} = ret ()
