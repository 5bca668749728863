import ile
import console

let main (_ : List String) : Unit ! {Console, File} =
  match! File.read "a"
  | Ok text -> Console.print text
  | Err _ -> ret ()
