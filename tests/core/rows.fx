extern effect Console =
  print_line : String -> Unit = "test_print_line"
extern effect Log =
  write : String -> Unit = "test_write"

let each (f : a -> Unit ! e) (xs : List a) : Unit ! e =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! f x
    each f rest

// A narrower row where a wider one is wanted: an explicit wrapper, unless it is run on the spot.
let say (text : String) : Unit ! {Console} = Console.print_line text
let wide (c : Unit ! {Console, Log}) : Unit ! {Console, Log} = c
let wrapped = wide (say "a")
let functions = each say ["a"]
let lists : List (String -> Unit ! {Console, Log}) = [say, Log.write]
let run_here =
  do! say "a"
  Log.write "b"

let main (_ : List String) : Unit ! {} = ret ()
