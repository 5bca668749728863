import Channel
import Char
import Console
import Error
import Int
import List
import Map
import Promise
import Signal
import String
import Task
import Tcp

/// Whoever is in the room. The outbox holds the lines that are still to be sent; when it is closed, and they have been, the guest goes.
/// Who does not read them is sent away.
type Guest = { name : String, outbox : Channel String, sent_away : Promise Unit }

/// What the room is told, each by the guest's address.
type Event =
  | Joined String Guest
  | Said String String
  | Left String

/// Lines that a guest may be behind, before it is sent away: who does not read must not make the others wait.
let outbox_size : Int = 100

/// The longest line, in bytes.
let longest_line : Int = 1000

let main (arguments : List String) : Int ! {Console, Signal, Tcp} =
  match List.map Int.parse arguments
  | [Some port] when port >= 0 && port <= 65_535 -> open_house port
  | _ ->
    do! Console.error_line "usage: chat PORT"
    ret 2

let open_house (port : Int) : Int ! {Console, Signal, Tcp} =
  match! Tcp.listen "127.0.0.1" port
  | Err error ->
    do! Console.error_line "chat: port \(port): \(Error.message error)"
    ret 1
  | Ok listener ->
    do! Console.print_line "Chatting on 127.0.0.1:\(Tcp.port listener)"
    let! events = Channel.make 100
    do! Task.group (fun group ->
      do! Task.spawn group (keep_room events Map.empty)
      let! _ = first (Tcp.serve_listener listener (welcome events)) told_to_stop
      Channel.close events)
    do! Console.print_line "Good night."
    ret 0

let told_to_stop : Unit ! {Signal} =
  let! _ = first (Signal.wait Signal.Interrupt) (Signal.wait Signal.Terminate)
  ret ()

// ---- the room: one task, which alone knows who is there ----

let keep_room (events : Channel Event) (guests : Map String Guest) : Unit ! e =
  match! Channel.receive events
  | None -> List.iter_seq (fun guest -> Channel.close guest.outbox) (Map.values guests)
  | Some event ->
    let! guests = keep_guests guests event
    keep_room events guests

let keep_guests (guests : Map String Guest) (event : Event) : Map String Guest ! e =
  match event
  | Joined address guest ->
    let names = List.map (fun other -> other.name) (Map.values guests)
    if List.contains guest.name names then
      do! tell "* the name \(guest.name) is taken" guest
      do! Channel.close guest.outbox
      ret guests
    else
      do! tell_all "* \(guest.name) is here" guests
      do! tell "* here with you: \(if List.is_empty names then "nobody" else String.join ", " names)" guest
      ret (Map.insert address guest guests)
  | Said address text ->
    match Map.get address guests
    | None -> ret guests
    | Some guest ->
      do! tell_all "\(guest.name): \(text)" (Map.remove address guests)
      ret guests
  | Left address ->
    match Map.get address guests
    | None -> ret guests
    | Some guest ->
      let others = Map.remove address guests
      do! tell_all "* \(guest.name) has left" others
      ret others

let tell_all (line : String) (guests : Map String Guest) : Unit ! e = List.iter_seq (tell line) (Map.values guests)

let tell (line : String) (guest : Guest) : Unit ! e =
  let! behind = Channel.length guest.outbox
  if behind < outbox_size then Channel.send_or_stop guest.outbox line
  else
    let! _ = Promise.set guest.sent_away ()
    ret ()

// ---- a guest: one task reads, another writes ----

let welcome (events : Channel Event) (socket : Tcp.Socket) (address : String) : Unit ! {Tcp} =
  let! _ = Tcp.write_all socket "Your name?\n"
  match! read_line socket ""
  | Some (name, rest) when is_name name ->
    let! outbox = Channel.make outbox_size
    let! sent_away = Promise.make
    let enter = Channel.send_or_stop events (Joined address { name, outbox, sent_away })
    let leave () = Channel.send_or_stop events (Left address)
    bracket enter leave (fun () ->
      let! _ = first (first (listen events address socket rest) (talk outbox socket)) (Promise.wait sent_away)
      ret ())
  | _ ->
    let! _ = Tcp.write_all socket "* a name has letters and digits only\n"
    ret ()

/// ```fx
/// is_name "Ada7" == True
/// is_name "" == False
/// is_name "two words" == False
/// ```
let is_name (text : String) : Bool = not (String.is_empty text) && List.all Char.is_alphanumeric (String.chars text)

let listen (events : Channel Event) (address : String) (socket : Tcp.Socket) (read : String) : Unit ! {Tcp} =
  match! read_line socket read
  | None -> ret ()
  | Some (line, rest) ->
    do! Channel.send_or_stop events (Said address line)
    listen events address socket rest

/// The next line and what has come behind it; None when the guest is gone, or says too much at once.
let read_line (socket : Tcp.Socket) (read : String) : Option (String, String) ! {Tcp} =
  match String.split_once "\n" read
  | Some (line, rest) -> ret (Some (String.trim line, rest))
  | None ->
    if String.length read > longest_line then ret None
    else
      match! Tcp.read socket
      | Err _ | Ok "" -> ret None
      | Ok more -> read_line socket (read ++ more)

/// Writes what the room says, until the outbox is closed or the guest is gone.
let talk (outbox : Channel String) (socket : Tcp.Socket) : Unit ! {Tcp} =
  match! Channel.receive outbox
  | None -> ret ()
  | Some line ->
    match! Tcp.write_all socket (line ++ "\n")
    | Ok () -> talk outbox socket
    | Err _ -> ret ()
