/// One client, from its first byte to its last. Each client is a task of its own, so a slow one holds nobody up.
import AccessLog
import Answer
import Clock
import Console
import ErrorLog
import Figures
import File
import Http.Body as Body
import Http.Request as Request
import Http.Target as Target
import Int
import Log
import Often
import Option
import Options
import Patience
import Secrets
import Site
import String
import Tcp
import Time
import Tls
import Wire

alias Web = {AccessLog.Lines, Clock.Clock, Console, Figures.Figures, File, Log, Often.Often, Patience.Stopping, Secrets.Secrets, Site.Remembered, Tcp, Time, Tls.Tls}

/// What all connections share.
type Server = {
  site : Site.Site,
  options : Options.Options,
  limits : Request.Limits,
  access : AccessLog.Access,
  patience : Patience.Patience
}

type Client = { wire : Wire.Wire, server : Server }

/// Answers request after request until the client leaves, asks to close, or sends what is no request.
let serve (server : Server) (socket : Tcp.Socket) : Unit ! {Web} =
  let! secrets = Secrets.Secrets.get
  let! wire = Wire.open secrets socket
  wait_for_request { wire, server }

private let wait_for_request (client : Client) : Unit ! {Web} =
  match! Wire.read_within client.wire client.server.patience.idle
  | Err _ | Ok "" -> ret ()
  | Ok text -> go_on client (Request.parse client.server.limits (Request.start 0) text) text 0 None

/// `began` is where in `text` the request begins; `deadline`, in monotonic nanoseconds, is known once a request came in pieces. The access log
/// tells how long an answer took from when its request had come, which is at `came` (0: the log does not tell).
private let go_on (client : Client) (parsed : Request.Parsed) (text : String) (began : Int) (deadline : Option Int) : Unit ! {Web} =
  match parsed
  | Request.Complete request next ->
    let! came = if client.server.access.is_json then Time.monotonic else ret 0
    let! answer = answer_to client request
    if request.body == Request.NoBody then
      let! open = send client request answer came (next == String.length text)
      if not open then ret () else go_on_from client text next
    else answer_after_body client request answer came text next
  | Request.Incomplete progress ->
    if began == String.length text then wait_for_request client
    else if began > 0 then
      let rest = String.drop began text
      go_on client (Request.parse client.server.limits (Request.start 0) rest) rest 0 deadline
    else
      let! now = Time.monotonic
      let until = Option.with_default (now + client.server.options.header_time * 1_000_000) deadline
      read_more client progress text until (until - now)
  | Request.Refused refusal -> refuse client (Answer.refusal refusal)

private let go_on_from (client : Client) (text : String) (next : Int) : Unit ! {Web} =
  if next == String.length text then wait_for_request client
  else go_on client (Request.parse client.server.limits (Request.start next) text) text next None

private let read_more (client : Client) (progress : Request.Progress) (text : String) (deadline : Int) (left : Int) : Unit ! {Web} =
  match! first (Wire.read client.wire) (wait_no_longer (left / 1_000_000))
  | Left (Ok "") | Left (Err _) | Right Stopped -> ret ()
  | Left (Ok more) ->
    let text = text ++ more
    go_on client (Request.parse client.server.limits progress text) text 0 (Some deadline)
  | Right TooSlow -> refuse client (Answer.failure 408)

/// Why the rest of a request is not waited for.
type Impatience = TooSlow | Stopped

private let wait_no_longer (milliseconds : Int) : Impatience ! {Patience.Stopping, Time} =
  match! first (Time.sleep milliseconds) Patience.until_stopped
  | Left () -> ret TooSlow
  | Right () -> ret Stopped

private let answer_to (client : Client) (request : Request.Request) : Answer.Answer ! {Web} =
  if client.server.options.health != None && is_probe client.server.options.health request then
    let! stopping = Patience.is_stopping
    ret (if stopping then Answer.failure 503 else Answer.healthy)
  else
    let! now = Time.now
    Site.answer client.server.site request now

/// A request in absolute form (RFC 9112 3.2.2) may ask for the health path, too.
private let is_probe (health : Option String) (request : Request.Request) : Bool =
  if request.method != Request.Get && request.method != Request.Head then False
  else if String.starts_with "/" request.target then Some (Target.path request.target) == health
  else
    match (Target.resolve request.target, Option.map Target.resolve health)
    | (Target.Inside asked, Some (Target.Inside path)) -> asked == path
    | _ -> False

// ---- bodies ----

/// Nobody here wants a body, but the next request begins where it ends: it is read and thrown away (RFC 9112 9.3).
private let answer_after_body (client : Client) (request : Request.Request) (answer : Answer.Answer) (came : Int) (text : String) (at : Int) : Unit ! {Web} =
  let has_come = at < String.length text
  if is_too_long client request.body then send_last client request (Answer.failure 413) came
  else if request.expects_continue && not has_come && answer.status >= 400 then send_last client request answer came
  else
    let! asked = if request.expects_continue && not has_come then write client "HTTP/1.1 100 Continue\r\n\r\n" else ret True
    if asked then pass_over client request answer came (Body.start request.body) text at 0 else ret ()

private let is_too_long (client : Client) (body : Request.Body) : Bool =
  match body
  | Request.Length length -> length > client.server.options.longest_body
  | _ -> False

/// `passed` bytes of the body have been read, with what frames its chunks.
private let pass_over (client : Client) (request : Request.Request) (answer : Answer.Answer) (came : Int) (progress : Body.Progress) (text : String) (at : Int) (passed : Int)
    : Unit ! {Web} =
  if passed + at > client.server.options.longest_body + String.length text then send_last client request (Answer.failure 413) came
  else
    match Body.next progress text at
    | Body.Data _ to further -> pass_over client request answer came further text to passed
    | Body.End next ->
      let! open = send client request answer came (next == String.length text)
      if not open then ret () else go_on_from client text next
    | Body.Malformed -> send_last client request (Answer.failure 400) came
    | Body.NeedMore from further ->
      let rest = String.drop from text
      match! first (Wire.read client.wire) (wait_no_longer client.server.options.write_time)
      | Left (Ok "") | Left (Err _) -> ret ()
      | Left (Ok more) -> pass_over client request answer came further (rest ++ more) 0 (passed + String.length more)
      | Right TooSlow -> send_last client request (Answer.failure 408) came
      | Right Stopped -> send_last client request answer came

// ---- answers ----

/// What comes after an answer: another request; the end, up to which the client may still send something; or the end at once.
type Next = Another | Leave | Close

/// Writes the answer and says whether the connection is open for another. A client that has said that this request is its last, and behind which
/// nothing has come (`is_all`), sends no more: there is nothing to wait for.
private let send (client : Client) (request : Request.Request) (answer : Answer.Answer) (came : Int) (is_all : Bool) : Bool ! {Web} =
  let! stopping = Patience.is_stopping
  let wants_more = Request.stays_open request
  let next =
    if wants_more && not stopping then Another
    else if wants_more || not is_all || Wire.says_goodbye client.wire then Leave
    else Close
  let! sent = send_answer client request answer came next
  match next
  | Another -> ret sent
  | Leave ->
    do! if sent then take_leave client.wire
    ret False
  | Close -> ret False

/// The last answer of a connection: what the client still sends cannot be read as a request.
private let send_last (client : Client) (request : Request.Request) (answer : Answer.Answer) (came : Int) : Unit ! {Web} =
  let! sent = send_answer client request answer came Leave
  if sent then take_leave client.wire

private let refuse (client : Client) (answer : Answer.Answer) : Unit ! {Web} =
  let! clock = Clock.read
  let! written = write_last client (Answer.print { stamp = clock.stamp, stays_open = False, minor = 1, without_body = False } answer)
  do! note client None answer.status (if written then answer.length else 0) 0
  if written then take_leave client.wire

/// Whether all of it went out.
private let send_answer (client : Client) (request : Request.Request) (answer : Answer.Answer) (came : Int) (next : Next) : Bool ! {Web} =
  let without_body = request.method == Request.Head
  let stays_open = next == Another
  let! clock = Clock.read
  let head = Answer.print { stamp = clock.stamp, stays_open, minor = request.minor, without_body } answer
  match answer.body
  | Answer.Pieces source pieces when not without_body -> send_file client request answer came head source pieces next
  | Answer.Held name held when not without_body ->
    let! whole = if stays_open && request.minor == 1 then Often.whole clock name head held else ret None
    let! written = match whole | Some whole -> write_held client [] whole | None -> write_held client head held
    do! note client (Some request) answer.status (if written then answer.length else 0) came
    ret written
  | _ ->
    let! written = match next | Another -> write_all_of client head | Leave -> write_last client head | Close -> write_and_close client head
    do! note client (Some request) answer.status (if written && not without_body then answer.length else 0) came
    ret written

private let note (client : Client) (request : Option Request.Request) (status : Int) (sent : Int) (came : Int) : Unit ! {Web} =
  do! Figures.answered status sent
  if client.server.access.target == AccessLog.Nowhere then ret ()
  else
    let! now = if came == 0 then ret 0 else Time.monotonic
    let! peer = Wire.peer client.wire
    AccessLog.write client.server.access peer request status sent ((now - came) / 1000)

private let write (client : Client) (text : String) : Bool ! {Web} = write_all_of client [text]

/// False when the client is gone or takes nothing for too long.
private let write_all_of (client : Client) (texts : List String) : Bool ! {Web} =
  match! Wire.write_all_within client.wire texts client.server.patience.write
  | Ok () -> ret True
  | Err _ -> ret False

private let write_last (client : Client) (texts : List String) : Bool ! {Web} =
  match! Wire.write_last_within client.wire texts client.server.patience.write
  | Ok () -> ret True
  | Err _ -> ret False

private let write_and_close (client : Client) (texts : List String) : Bool ! {Web} =
  match! Wire.write_and_close_within client.wire texts client.server.patience.write
  | Ok () -> ret True
  | Err _ -> ret False

private let write_held (client : Client) (texts : List String) (held : Tcp.Held) : Bool ! {Web} =
  match! Wire.write_held_within client.wire texts held client.server.patience.write
  | Ok () -> ret True
  | Err _ -> ret False

// ---- files ----

/// Opens the file and makes sure that it is the one that the head promises, before a byte of that is sent.
private let send_file (client : Client) (request : Request.Request) (answer : Answer.Answer) (came : Int) (head : List String) (source : Answer.Source) (pieces : List Answer.Piece)
    (next : Next) : Bool ! {Web} =
  match! File.with_file source.path (fun file -> send_opened client answer head source pieces file)
  | Ok (Some sent) ->
    do! note client (Some request) answer.status sent came
    ret (sent == answer.length)
  | Ok None | Err _ ->
    // It has changed since it was looked at.
    do! Site.forget source
    let! fresh = answer_to client request
    let is_other = match fresh.body | Answer.Pieces other _ -> other != source | _ -> True
    send_answer client request (if is_other then fresh else Answer.failure 503) came next

/// How many bytes of the body were sent; None: nothing, for the file is another.
private let send_opened (client : Client) (answer : Answer.Answer) (head : List String) (source : Answer.Source) (pieces : List Answer.Piece) (file : File.Handle)
    : Option Int ! {Web} =
  let! same = is_same source file
  if not same then ret None
  else
    let! sent = send_pieces client source file head pieces 0
    do! if sent < answer.length then warn_of_change client source file "only \(sent) of \(answer.length) bytes"
    ret (Some sent)

/// A client that leaves early is no news, but a file that changes under way is.
private let warn_of_change (client : Client) (source : Answer.Source) (file : File.Handle) (what : String) : Unit ! {Web} =
  let! same = is_same source file
  if same then ret ()
  else
    let! peer = Wire.peer client.wire
    ErrorLog.warn client.server.options.error_log "\(source.path) changed while it was sent: \(peer) got \(what), and was cut off"

private let is_same (source : Answer.Source) (file : File.Handle) : Bool ! {Web} =
  match! File.stat_open file
  | Ok { size, modified, nanosecond } -> ret (size == source.size && modified == source.modified && nanosecond == source.nanosecond)
  | Err _ -> ret False

/// `head` goes out in front of the first piece.
private let send_pieces (client : Client) (source : Answer.Source) (file : File.Handle) (head : List String) (pieces : List Answer.Piece) (sent : Int)
    : Int ! {Web} =
  match pieces
  | [] -> ret sent
  | Answer.Words text :: rest ->
    let! written = write_all_of client (head ++ [text])
    if written then send_pieces client source file [] rest (sent + String.length text) else ret sent
  | Answer.Bytes _ 0 :: rest when head == [] -> send_pieces client source file [] rest sent
  | Answer.Bytes at count :: rest ->
    let wanted = Int.min count longest_piece
    match! Wire.write_file_within client.wire head file at wanted client.server.patience.write
    | Ok done ->
      let! goes_on = if rest == [] && done == count then ret True else may_go_on client source file wanted done
      if goes_on then send_pieces client source file [] (Answer.Bytes (at + done) (count - done) :: rest) (sent + done) else ret (sent + done)
    | Err _ -> ret sent

/// So many bytes have gone of those that were wanted. A file that changes is sent no further.
private let may_go_on (client : Client) (source : Answer.Source) (file : File.Handle) (wanted : Int) (done : Int) : Bool ! {Web} =
  let! is_over = if done == wanted || done >= slowest && Wire.resumes client.wire then Patience.is_over else ret True
  if is_over then ret False else is_same source file

/// The limit of time is one for each piece of so many bytes.
private let longest_piece = 1_048_576

/// A client that takes less within a limit of time is waited for no longer, nor is a file that has ended before its time.
private let slowest = 65_536

// ---- the end ----

/// Closes our side and drops what still comes for a moment: bytes left unread would make the system reset the connection, and the
/// client might lose the answer (RFC 9112 9.6).
private let take_leave (wire : Wire.Wire) : Unit ! {Web} =
  match! Wire.shutdown wire
  | Err _ -> ret ()
  | Ok () ->
    let! _ = first (drain wire) (Time.sleep 2000)
    ret ()

private let drain (wire : Wire.Wire) : Unit ! {Web} =
  match! Wire.read wire
  | Err _ | Ok "" -> ret ()
  | Ok _ -> drain wire
