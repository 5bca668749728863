// The end of the input is the end.
import Console

let count (lines : Int) : Int ! {Console} =
  match! Console.read_line
  | None -> if lines == 0 then count 0 else ret lines
  | Some _ -> count (lines + 1)

spec one_line (line : String) =
  count 0 runs
    Console.read_line => Some line
    Console.read_line => None
  returns 1

spec nothing =
  count 0 runs
    Console.read_line => None
  returns 0
