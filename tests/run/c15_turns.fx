import Channel
import Console
import Error
import File
import List
import Promise
import Semaphore
import Tcp
import Time

// Whoever finds all that it asks for at hand, again and again, is put behind the others: a sleep ends all the same (C15).

let say (text : String) : Unit ! {Console} = Console.print_line text

let yielding : Never ! e =
  do! yield
  yielding

let channel (numbers : Channel Int) : Never ! e =
  let! _ = Channel.send numbers 1
  let! _ = Channel.receive numbers
  channel numbers

let permits (semaphore : Semaphore) : Never ! e =
  do! Semaphore.acquire semaphore
  do! Semaphore.release semaphore
  permits semaphore

let promises (promise : Promise Unit) : Never ! e =
  do! Promise.wait promise
  promises promise

let files : Never ! {File} =
  let! _ = File.read "/dev/null"
  files

let flood (socket : Tcp.Socket) : Never ! {Tcp} =
  let! _ = Tcp.write socket "some text"
  flood socket

let drain (socket : Tcp.Socket) : Never ! {Tcp} =
  let! _ = Tcp.read socket
  drain socket

let all_at_once : Unit ! {Console, File, Time} =
  let! numbers = Channel.make 1
  let! semaphore = Semaphore.make 1
  let! promise = Promise.make
  let! _ = Promise.set promise ()
  let busy : List (Never ! {File}) = [yielding, channel numbers, permits semaphore, promises promise, files]
  do! List.iter_seq (fun each -> in_time (let! _ = each in ret ())) busy
  in_time (List.iter_par (fun each -> let! _ = each in ret ()) busy)

let in_time (c : Unit ! {Console, File, Time}) : Unit ! {Console, File, Time} =
  match! first c (Time.sleep 5)
  | Left () -> say "it has ended"
  | Right () -> say "the sleep has ended"

let connection (listener : Tcp.Listener) : Unit ! {Console, Tcp, Time} =
  match! join (Tcp.accept listener) (Tcp.connect "127.0.0.1" (Tcp.port listener))
  | (Ok here, Ok there) ->
    let! _ = first (join (flood here) (drain there)) (Time.sleep 20)
    do! List.iter_seq Tcp.close [here, there]
    say "and so has that beside a connection"
  | _ -> say "no connection"

let main (_ : List String) : Unit ! {Console, File, Tcp, Time} =
  do! all_at_once
  match! Tcp.listen "127.0.0.1" 0
  | Err error -> say (Error.message error)
  | Ok listener ->
    do! connection listener
    Tcp.close_listener listener
