import Channel
import Console
import List
import Task

/// Takes the token and passes it on, one less; who takes 0 says its number, and the ring closes.
let pass (number : Int) (from : Channel Int) (to : Channel Int) : Unit ! {Console} =
  match! Channel.receive from
  | None -> Channel.close to
  | Some 0 ->
    do! Console.print_line "\(number)"
    Channel.close to
  | Some hops ->
    do! Channel.send_or_stop to (hops - 1)
    pass number from to

let spawn_all group (number : Int) (first_one : Channel Int) (channels : List (Channel Int)) : Unit ! {Console} =
  match channels
  | [last] -> Task.spawn group (pass number last first_one)
  | from :: to :: rest ->
    do! Task.spawn group (pass number from to)
    spawn_all group (number + 1) first_one (to :: rest)
  | [] -> ret ()

let main (_ : List String) : Unit ! {Console} =
  let! channels = List.map_seq (fun _ -> Channel.make 1) (List.range 1 503)
  match channels
  | [] -> ret ()
  | first_one :: _ ->
    Task.group (fun group ->
      do! spawn_all group 1 first_one channels
      Channel.send_or_stop first_one 5_000_000)
