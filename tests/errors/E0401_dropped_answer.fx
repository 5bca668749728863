import Console
import Tcp

let main (_ : List String) : Unit ! {Console, Tcp} =
  do! Console.print_line "listening"
  Tcp.listen "127.0.0.1" 7000
