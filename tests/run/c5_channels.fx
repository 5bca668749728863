import Channel
import Console
import List
import Promise
import Semaphore
import Task
import Time

let produce (channel : Channel Int) (name : String) (items : List Int) : Unit ! {Console | e} =
  do! List.iter_seq (fun item ->
    let! sent = Channel.send channel item
    Console.print_line "\(name) sent \(item): \(sent)") items
  Channel.close channel

let consume (channel : Channel Int) : Unit ! {Console | e} =
  match! Channel.receive channel
  | None -> Console.print_line "end"
  | Some item ->
    do! Console.print_line "received \(item)"
    consume channel

let bounded (room : Int) : Unit ! {Console} =
  let! channel = Channel.make room
  let! _ = join (produce channel "p" [1, 2, 3]) (consume channel)
  let! late = Channel.send channel 4
  Console.print_line "late: \(late)"

// A receiver that loses leaves the item in the channel.
let loser : Unit ! {Console} =
  let! channel = Channel.make 1
  let! _ = first (Channel.receive channel) (Channel.send channel "kept")
  let! kept = Channel.receive channel
  Console.print_line (show kept)

let ring (n : Int) (hops : Int) : Int ! e =
  let! channels = List.map_seq (fun _ -> Channel.make 1) (List.range 0 n)
  match channels
  | [] -> ret 0
  | start :: rest ->
    Task.group (fun group ->
      do! connect group start (rest ++ [start])
      let! _ = Channel.send start hops
      ret n)

let connect group (from : Channel Int) (others : List (Channel Int)) =
  match others
  | [] -> ret ()
  | to :: rest ->
    do! Task.spawn group (pass from to)
    connect group to rest

let pass (from : Channel Int) (to : Channel Int) : Unit ! e =
  match! Channel.receive from
  | None -> Channel.close to
  | Some hops ->
    if hops == 0 then Channel.close to
    else
      let! _ = Channel.send to (hops - 1)
      pass from to

let busy (semaphore : Semaphore) (name : String) : Unit ! {Console, Time} =
  Semaphore.with_permit semaphore (
    do! Console.print_line "\(name) in"
    do! Time.sleep 2
    Console.print_line "\(name) out")

let main (_ : List String) : Unit ! {Console, Time} =
  do! bounded 0
  do! bounded 2
  do! loser
  let! n = ring 50 1000
  do! Console.print_line "\(n)"
  let! one = Semaphore.make 1
  do! List.iter_par (busy one) ["a", "b", "c"]
  let! promise = Promise.make
  let! (_, (x, y)) = join (Promise.set promise "set") (join (Promise.wait promise) (Promise.wait promise))
  let! again = Promise.set promise "again"
  do! Console.print_line "\(x) \(y) \(again)"
  let! _ = first (Semaphore.acquire one) (ret ())
  let! left = Semaphore.available one
  Console.print_line "\(left)"
