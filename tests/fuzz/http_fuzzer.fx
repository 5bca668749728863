// Any bytes through the parsers of requests and bodies: however they are cut, the events are the same. What is accepted keeps the rules
// that other servers rely on.
import Http.Accept as Accept
import Http.Body as Body
import Http.Conditional as Conditional
import Http.Range as Range
import Http.Request as Request
import Http.Target as Target
import Inputs
import List
import String

let main (_ : List String) : Unit ! {Inputs} = Inputs.each check

type Machine =
  | InHeader Request.Progress String
  | InBody Body.Progress String Int       // what is still to be understood, and how many bytes of the body there were
  | Over

type Run = { machine : Machine, events : List String }

let check (input : String) : Bool =
  let whole = (run [input]).events
  whole == (run (List.map (fun byte -> String.from_bytes [byte]) (String.bytes input))).events
    && List.all (fun cut -> whole == (run [String.take cut input, String.drop cut input]).events) (cuts input)
    && fields_hold input

// Every place in short inputs, some in long ones.
let cuts (input : String) : List Int =
  let length = String.length input
  List.filter (fun cut -> length <= 64 || cut % (length / 32) == 1) (List.range 1 (length - 1))

let limits : Request.Limits = { target = 40, header = 200 }

let run (pieces : List String) : Run =
  List.fold feed { machine = InHeader (Request.start 0) "", events = [] } pieces

let feed (run : Run) (piece : String) : Run =
  match run.machine
  | Over -> run
  | InHeader progress text -> go_on { run with machine = InHeader progress (text ++ piece) }
  | InBody progress text count -> go_on { run with machine = InBody progress (text ++ piece) count }

let go_on (run : Run) : Run =
  match run.machine
  | Over -> run
  | InHeader progress text ->
    match Request.parse limits progress text
    | Request.Incomplete progress -> { run with machine = InHeader progress text }
    | Request.Refused refusal -> { machine = Over, events = show refusal :: run.events }
    | Request.Complete request next ->
      go_on { machine = InBody (Body.start request.body) (String.drop next text) 0, events = tell request :: run.events }
  | InBody progress text count ->
    match Body.next progress text 0
    | Body.Data from to further -> go_on { run with machine = InBody further (String.drop to text) (count + to - from) }
    | Body.NeedMore from further -> { run with machine = InBody further (String.drop from text) count }
    | Body.Malformed -> { machine = Over, events = "malformed body" :: run.events }
    | Body.End next -> go_on { machine = InHeader (Request.start 0) (String.drop next text), events = "body of \(count)" :: run.events }

let tell (request : Request.Request) : String =
  if request.minor == 1 && not request.has_host then fault "no Host"
  else if String.length request.target > limits.target then fault "a long target"
  else show (request.method, request.target, request.minor, request.close, request.keep_alive) ++ show (request.expects_continue, request.body, Request.fields request)

// The parsers of values fault on nothing, and never lead outside.
let fields_hold (text : String) : Bool =
  let _ = Accept.codings ["br", "gzip"] text
  let _ = Conditional.split_tags text
  stays_inside (Range.select text 100) && stays_below (Target.resolve text)

let stays_inside (selection : Range.Selection) : Bool =
  match selection
  | Range.Whole | Range.NotSatisfiable -> True
  | Range.Parts parts -> parts != [] && List.all (fun part -> 0 <= part.first && part.first <= part.last && part.last < 100) parts

let stays_below (target : Target.Target) : Bool =
  match target
  | Target.Hidden | Target.Nonsense -> True
  | Target.Inside path ->
    not (String.starts_with "/" path || String.contains "\0" path)
      && List.all (fun name -> name != ".." && name != ".") (String.split "/" path)
