import Console
import Http.Client
import Tcp

let main (_ : List String) : Unit ! {Console, Tcp} =
  match! Http.Client.get "http://localhost:8000/"
  | Ok _ -> Console.print_line "there"
  | Err _ -> Console.print_line "not there"
