import Console
import File
import Task
import Tcp
import Time

/// A step without an answer: whoever asks waits there when it is cancelled.
cell Read : Int = 0

let read_each (paths : List String) : Unit ! {File, Read, Time} =
  match paths
  | [] -> Time.sleep 60_000
  | path :: rest ->
    let! _ = File.read path
    do! Read.update (fun n -> n + 1)
    read_each rest

let count_read : Unit ! {Console, File, Read, Time} =
  let! _ = first (read_each ["a", "b", "c"]) Console.read_line
  let! n = Read.get
  Console.print_line "\(n)"

/// It also says how far the loser has come: all that stands above has been done.
spec counts_two (line : String) =
  count_read runs
    right
      Console.read_line => Some line
    losing
      File.read "a" => Ok ""
      File.read "b" => Ok ""
      File.read "c" => _
    Console.print_line "2" => ()
  returns ()

spec counts_none =
  count_read runs
    right
      Console.read_line => None
    losing
      File.read "a" => _
    Console.print_line "0" => ()
  returns ()

spec counts_all =
  count_read runs
    right
      Console.read_line => None
    losing
      for path in ["a", "b", "c"]
        File.read path => Ok ""
      Time.sleep 60_000 => _
    Console.print_line "3" => ()
  returns ()

/// What a server waits for when its clients are served is never answered.
let serve (listener : Tcp.Listener) : Unit ! {Tcp} =
  match! Tcp.accept listener
  | Err _ -> ret ()
  | Ok socket ->
    do! bracket (ret socket) Tcp.close (fun socket ->
      let! _ = Tcp.write_all socket "port \(Tcp.port listener)\n"
      ret ())
    serve listener

spec serves_one (listener : Tcp.Listener) (socket : Tcp.Socket) =
  first (serve listener) (Time.sleep 100) runs
    right
      Time.sleep 100 => ()
    losing
      Tcp.accept listener => Ok socket
      Tcp.write_all socket "port \(Tcp.port listener)\n" => Ok ()
      Tcp.close socket => ()
      Tcp.accept listener => _
  returns Right ()

effect Fail =
  fail : String -> Never

let reason (c : Unit ! {Fail | e}) : String ! e =
  handle c with
  | ret () -> ret "none"
  | Fail.fail why -> ret why

let hold (path : String) : Unit ! {Console, Time} = bracket (ret path) (fun path -> Console.print_line "close \(path)") (fun _ -> Time.sleep 60_000)

let give_up : Unit ! {Fail, Time} =
  do! Time.sleep 5
  Fail.fail "too late"

let told : Unit ! {Console, Time} =
  let! why = reason (let! _ = join (hold "a") (join (hold "b") give_up) in ret ())
  Console.print_line why

/// The branches of a join that are cancelled, and what their releases ask then.
spec tells =
  told runs
    join
      Time.sleep 60_000 => _
      Console.print_line "close a" => ()
    and
      join
        Time.sleep 60_000 => _
        Console.print_line "close b" => ()
      and
        Time.sleep 5 => ()
    Console.print_line "too late" => ()
  returns ()

/// Who wins may have asked nothing.
let already : Unit ! {Console, Time} =
  match! first (Time.sleep 60_000) (ret 3)
  | Left () -> Console.print_line "slept"
  | Right n -> Console.print_line "\(n)"

spec wins_at_once =
  already runs
    right
    losing
      Time.sleep 60_000 => _
    Console.print_line "3" => ()
  returns ()

/// Time-outs within each other: which of them a sleep is, its length and its place say.
let twice : Option (Option (Option String)) ! {Console, Time} = Task.timeout 9 (Task.timeout 5 Console.read_line)

spec waits_for_both =
  twice runs
    left
      left
        Console.read_line => Some "a"
      losing
        Time.sleep 5 => _
    losing
      Time.sleep 9 => _
  returns Some (Some (Some "a"))

/// A branch ends the join: how far the other has come by then, its step without an answer says. Where it has not, that is another run.
let read_both : Unit ! {Fail, File} =
  let! _ = join (let! _ = File.read "a" in File.read "b") (let! _ = File.read "c" in Fail.fail "enough")
  ret ()

spec comes_to_the_second =
  (let! why = reason read_both in Console.print_line why) runs
    join
      File.read "a" => Ok ""
      File.read "b" => _
    and
      File.read "c" => Ok ""
    Console.print_line "enough" => ()
  returns ()

/// A loser may ask for the first time when it is cancelled.
let twice_yield : Unit ! e =
  do! yield
  yield

let acquired_late : Unit ! {Console} =
  let! _ = first (bracket twice_yield (fun () -> Console.print_line "released") ret) yield
  Console.print_line "behind"

spec releases_late =
  acquired_late runs
    right
    losing
      Console.print_line "released" => ()
    Console.print_line "behind" => ()
  returns ()

/// What the sleep of a time-out would have answered may be said, as in a `first`.
let once : Option (Option String) ! {Console, Time} = Task.timeout 5 Console.read_line

spec waits_in_vain =
  once runs
    left
      Console.read_line => Some "a"
    losing
      Time.sleep 5 => ()
  returns Some (Some "a")
