import Console

effect Fail =
  fail : String -> Never

let greet (name : String) : Unit = Console.print_line "Hello \(name)"

let half (n : Int) : Int = if n % 2 == 0 then n / 2 else Fail.fail "odd"

let main (_ : List String) : Unit ! {Console} =
  do! greet "Ada"
  greet "Grace"
