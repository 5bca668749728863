import Console

/// No effect at all: what a program pays for handlers that it does not use.
let fibonacci (n : Int) : Int ! e =
  if n < 2 then ret n
  else
    let! a = fibonacci (n - 1)
    let! b = fibonacci (n - 2)
    ret (a + b)

let main (_ : List String) : Unit ! {Console} =
  let! n = fibonacci 36
  Console.print_line "\(n)"
