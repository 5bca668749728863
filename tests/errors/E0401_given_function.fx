import Console
import List
import Tcp

let repeat (times : Int) (act : Int -> Unit ! {Console}) : Unit ! {Console} = List.iter_seq act (List.range 1 times)

let main (words : List String) : Unit ! {Console, Tcp} =
  let long = List.filter (fun word -> word ++ "!") words
  do! List.iter_par (fun word -> ret word) long
  do! repeat 3 (fun n -> Console.read_line)
  let! _ = Tcp.serve "127.0.0.1" 7000 (fun socket _ -> Tcp.read socket)
  ret ()
