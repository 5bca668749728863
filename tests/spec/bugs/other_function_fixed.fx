// What comes out is a function, or a computation, and the one that the spec says.
import Console

let adder (n : Int) : (Int -> Int) ! {Console} =
  do! Console.print_line "made"
  ret (fun m -> m + n)

spec adds (n : Int) =
  adder n runs
    Console.print_line "made" => ()
  returns (fun m -> m + n)

let scale : Option (Float -> Float) = Some (fun x -> x * 0.5)

spec halves =
  ret scale runs
  returns Some (fun x -> x * 0.5)

let later (text : String) : (Unit ! {Console}) ! {Console} = ret (Console.print_line text)

spec says_later (text : String) =
  later text runs
  returns Console.print_line text
