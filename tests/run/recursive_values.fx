import Console

// Values that are computed by an application and refer to themselves, in a circle or alone.
let when_positive (go_on : Int -> Int) (n : Int) : Int = if n > 0 then go_on n else n

let down : Int -> Int = when_positive (fun n -> down (n - 3))

let by_two : Int -> Int =
  let step = 2
  fun n -> if n > 0 then by_two (n - step) else n

let even : Int -> Bool = alternate True (fun n -> odd n)
let odd : Int -> Bool = alternate False (fun n -> even n)

let alternate (at_zero : Bool) (other : Int -> Bool) : Int -> Bool =
  fun n -> if n == 0 then at_zero else other (n - 1)

cell Left : Int = 3

let after (c : Unit ! {Console, Left}) : Unit ! {Console, Left} =
  let! left = Left.get
  do! Console.print_line "\(left) left"
  do! Left.set (left - 1)
  if left > 1 then c

let server : Unit ! {Console, Left} = after server

let polite : Int -> Unit ! {Console} = greet (fun n -> polite n)

let greet (again : Int -> Unit ! {Console}) : Int -> Unit ! {Console} =
  fun n ->
    do! Console.print_line "hello \(n)"
    if n > 0 then again (n - 1)

let main (args : List String) : Unit ! {Console, Left} =
  do! Console.print_line "\(down 7) \(by_two 7) \(even 100001) \(odd 7)"
  do! server
  polite 1
