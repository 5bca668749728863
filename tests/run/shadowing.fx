import Console

// Names that hide others, names that C reserves, names with primes.
let int (double : Int) : Int = double + 1

let main' (x' : Int) : Int =
  let x'' = x' + 1
  let x = x'' * 2
  let x = x + x'
  x

let main (_ : List String) : Unit ! {Console} =
  let static = 1
  let return = int static
  let while = fun for -> for + return
  let switch = match while 10 with | 12 -> "twelve" | _ -> "other"
  let rt = 3
  let fx_value = rt + 1
  let null = fx_value
  Console.print_line "\(switch) \(main' 1) \(null)"
