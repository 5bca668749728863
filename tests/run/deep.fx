import Console
import List

// Recursion that is no tail call may be a million deep, in pure code and in computations that wait; so may data.
type Chain = End | Link Int Chain

let build (n : Int) : Chain = if n == 0 then End else Link n (build (n - 1))

let total (chain : Chain) : Int =
  match chain
  | End -> 0
  | Link n rest -> n + total rest

let count_down (n : Int) : Int = if n == 0 then 0 else 1 + count_down (n - 1)

let waiting_sum (n : Int) : Int ! e =
  if n == 0 then
    do! yield
    ret 0
  else
    let! rest = waiting_sum (n - 1)
    ret (rest + 1)

let main (_ : List String) : Unit ! {Console} =
  do! Console.print_line "\(count_down 1_000_000)"
  let chain = build 1_000_000
  do! Console.print_line "\(total chain)"
  do! Console.print_line "\(chain == build 1_000_000) \(show (compare chain (Link 0 End)))"
  do! Console.print_line "\(List.length (List.map (fun n -> n + 1) (List.range 1 1_000_000)))"
  let! sum = waiting_sum 1_000_000
  Console.print_line "\(sum)"
