/// One client, from its first byte to its last. Each client is a task of its own, so a slow one holds nobody up.
import AccessLog
import Answer
import Cache
import File
import Int
import Log
import Option
import Request
import Site
import String
import Tcp
import Time

alias Web = {Cache, Clock, File, Log, Tcp, Time}

/// Limits of time, in milliseconds: for a request's header once it has begun, between two requests, and for taking an answer.
let header_limit = 10_000
let idle_limit = 60_000
let write_limit = 60_000

/// The last second for which the Date field was written, and how.
cell Clock : (Int, String) = (-1, "")

private let date : String ! {Clock, Time} =
  let! now = Time.get
  let! (second, text) = Clock.get
  if second == now then ret text
  else
    let text = Time.rfc1123 now
    do! Clock.set (now, text)
    ret text

type Client = { socket : Tcp.Socket, peer : String, site : Site.Site }

/// Answers request after request until the client leaves, asks to close, or sends what is no request.
let serve (site : Site.Site) (socket : Tcp.Socket) (peer : String) : Unit ! {Web} =
  do! AccessLog.client peer
  wait_for_request { socket, peer, site }

private let wait_for_request (client : Client) : Unit ! {Web} =
  match! first (Tcp.read client.socket) (Time.sleep idle_limit)
  | Right () | Left (Err _) | Left (Ok "") -> ret ()
  | Left (Ok text) -> go_on client (Request.parse (Request.start 0) text) text 0 None

/// `began` is where in `text` the request begins; `deadline`, in monotonic nanoseconds, is known once a request came in pieces.
private let go_on (client : Client) (parsed : Request.Parsed) (text : String) (began : Int) (deadline : Option Int) : Unit ! {Web} =
  match parsed
  | Request.Complete request next ->
    let! now = Time.get
    let! answer = Site.answer client.site request now
    let! open = send client request answer
    if not open then ret ()
    else if next == String.length text then wait_for_request client
    else go_on client (Request.parse (Request.start next) text) text next None
  | Request.Incomplete progress ->
    if began == String.length text then wait_for_request client
    else if began > 0 then
      let rest = String.drop began text
      go_on client (Request.parse (Request.start 0) rest) rest 0 deadline
    else
      let! now = Time.monotonic
      let until = Option.with_default (now + header_limit * 1_000_000) deadline
      read_more client progress text until (until - now)
  | Request.Refused refusal -> refuse client (Answer.refusal refusal)

private let read_more (client : Client) (progress : Request.Progress) (text : String) (deadline : Int) (left : Int) : Unit ! {Web} =
  match! first (Tcp.read client.socket) (Time.sleep (left / 1_000_000))
  | Left (Ok "") | Left (Err _) -> ret ()
  | Left (Ok more) ->
    let text = text ++ more
    go_on client (Request.parse progress text) text 0 (Some deadline)
  | Right () -> refuse client Answer.too_slow

/// Writes the answer and says whether the connection is open for another.
private let send (client : Client) (request : Request.Request) (answer : Answer.Answer) : Bool ! {Web} =
  let! date = date
  let stays_open = Request.stays_open request
  let without_body = request.method == Request.Head
  let head = Answer.print { date, stays_open, minor = request.minor, without_body } answer
  do! AccessLog.answered client.peer request answer
  let! written = write client.socket head
  let! sent =
    match answer.body
    | Answer.File path size -> if written && not without_body then send_file client path size else ret written
    | Answer.Text _ -> ret written
  if sent && stays_open then ret True
  else
    do! if sent then take_leave client.socket
    ret False

/// False when the client is gone or takes nothing for too long.
private let write (socket : Tcp.Socket) (text : String) : Bool ! {Tcp, Time} =
  match! first (Tcp.write_all socket text) (Time.sleep write_limit)
  | Left (Ok ()) -> ret True
  | Left (Err _) | Right () -> ret False

/// Sends `size` bytes of a file. One that has become shorter cannot be sent as was promised: False.
private let send_file (client : Client) (path : String) (size : Int) : Bool ! {Web} =
  match! File.with_file path (fun file -> send_pieces client.socket file 0 size)
  | Ok True -> ret True
  | Ok False | Err _ ->
    do! AccessLog.cut_short client.peer path
    ret False

/// In pieces, so that the limit of time is one for each piece.
private let send_pieces (socket : Tcp.Socket) (file : File.Handle) (at : Int) (size : Int) : Bool ! {File, Tcp, Time} =
  if at == size then ret True
  else
    match! first (Tcp.send_file socket file at (Int.min piece (size - at))) (Time.sleep write_limit)
    | Left (Ok sent) when sent > 0 -> send_pieces socket file (at + sent) size
    | _ -> ret False

private let piece = 1_048_576

private let refuse (client : Client) (answer : Answer.Answer) : Unit ! {Web} =
  let! date = date
  do! AccessLog.refused client.peer answer
  let! written = write client.socket (Answer.print { date, stays_open = False, minor = 1, without_body = False } answer)
  if written then take_leave client.socket

/// Closes our side and drops what still comes for a moment: bytes left unread would make the system reset the connection, and the
/// client might lose the answer (RFC 9112 9.6).
private let take_leave (socket : Tcp.Socket) : Unit ! {Tcp, Time} =
  match! Tcp.shutdown socket
  | Err _ -> ret ()
  | Ok () ->
    let! _ = first (drain socket) (Time.sleep 2000)
    ret ()

private let drain (socket : Tcp.Socket) : Unit ! {Tcp} =
  match! Tcp.read socket
  | Err _ | Ok "" -> ret ()
  | Ok _ -> drain socket
