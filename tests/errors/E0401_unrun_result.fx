import Console
import Error
import Tcp

let echo (socket : Tcp.Socket) : Result Unit Error ! {Tcp} =
  let text = Tcp.read socket
  Tcp.write_all socket text

let greet : Unit ! {Console} =
  let name = Console.read_line
  Console.print_line ("Hello " ++ name)

let shout : Unit ! {Console} = Console.print_line Console.read_line
