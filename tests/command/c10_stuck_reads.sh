# C7, C10: reads of FIFOs to which nobody writes hold their threads for ever. They stop neither the loop, nor other files, nor the program's end.
cat > stuck.fx <<'FX'
import Console
import Error
import File
import List
import Time

let fifth : Unit ! {Console, File, Time} =
  do! Time.sleep 20
  do! Console.print_line "the loop turns"
  match! File.read "fifth"
  | Ok text -> Console.print text
  | Err error -> Console.print_line (Error.message error)

let main (_ : List String) : Unit ! {Console, File, Time} =
  match! first (List.map_par File.read ["a", "b", "c", "d", "e", "f"]) fifth
  | Left _ -> Console.print_line "who has written?"
  | Right () -> Console.print_line "that is all"
FX
mkfifo a b c d e f
echo "the fifth file" > fifth
UV_THREADPOOL_SIZE=4 fx run --release stuck.fx; echo "status $?"
