import Console

let Count : Int = 0

let main (_ : List String) : Unit ! {Console, Count} =
  do! Count.update (fun n -> n + 1)
  let! n = Count.get
  Console.print_line "\(n)"
