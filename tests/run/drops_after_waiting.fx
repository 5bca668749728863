import Console
import List

// An object that a match has taken apart dies after the computation has waited: its fields are dropped then, and no frame kept them.
type Client = { socket : List Int, peer : String }

cell Rounds : Int = 0

let read (socket : List Int) : Result String Int ! {Rounds} =
  do! yield
  do! Rounds.update (fun n -> n + 1)
  let! rounds = Rounds.get
  ret (if socket == [] then Err 1 else Ok (if rounds < 10 then "more" else ""))

let wait_long (turns : Int) : Unit ! e =
  if turns > 0 then
    do! yield
    wait_long (turns - 1)

let serve (client : Client) : Unit ! {Rounds} =
  match! first (read client.socket) (wait_long 100)
  | Right () | Left (Err _) | Left (Ok "") -> ret ()
  | Left (Ok _) -> serve client

let main (arguments : List String) : Unit ! {Console, Rounds} =
  let peer = show arguments
  do! List.iter_par (fun length -> serve { socket = List.range 1 length, peer = "\(peer) \(length)" }) [0, 2, 4]
  Console.print_line "done"
