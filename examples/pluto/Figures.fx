/// What the server counts about itself.
import Int
import List
import Option
import String
import Time

type Counts = {
  started : Int,     // when, in seconds
  accepted : Int,    // connections, ever
  open : Int,        // connections, at the moment
  answers : Int,
  bytes : Int,       // of bodies that were sent
  good : Int,        // answers with status 2xx
  elsewhere : Int,   // 3xx
  refused : Int,     // 4xx
  failed : Int,      // 5xx
  workers : Int      // processes whose figures these are
}

let none : Counts = { started = 0, accepted = 0, open = 0, answers = 0, bytes = 0, good = 0, elsewhere = 0, refused = 0, failed = 0, workers = 1 }

cell Figures : Counts = none

let start : Unit ! {Figures, Time} =
  let! now = Time.get
  Figures.update (fun counts -> { counts with started = now })

let connected : Unit ! {Figures} = Figures.update (fun counts -> { counts with accepted = counts.accepted + 1, open = counts.open + 1 })

let disconnected : Unit ! {Figures} = Figures.update (fun counts -> { counts with open = counts.open - 1 })

let answered (status : Int) (sent : Int) : Unit ! {Figures} =
  Figures.update (fun counts ->
    let counts = { counts with answers = counts.answers + 1, bytes = counts.bytes + sent }
    if status < 300 then { counts with good = counts.good + 1 }
    else if status < 400 then { counts with elsewhere = counts.elsewhere + 1 }
    else if status < 500 then { counts with refused = counts.refused + 1 }
    else { counts with failed = counts.failed + 1 })

// ---- between a worker and its overseer ----

/// As a line of numbers, behind that of the question that they answer; 0: nobody has asked.
let to_line (question : Int) (counts : Counts) : String =
  let numbers = [question, counts.started, counts.accepted, counts.open, counts.answers, counts.bytes, counts.good, counts.elsewhere, counts.refused, counts.failed]
  String.join " " (List.map Int.to_string numbers) ++ "\n"

/// The question and the figures of a line, without its end.
let parse_line (line : String) : Option (Int, Counts) =
  match Option.all (List.map Int.parse (String.words line))
  | Some [question, started, accepted, open, answers, bytes, good, elsewhere, refused, failed] ->
    Some (question, { started, accepted, open, answers, bytes, good, elsewhere, refused, failed, workers = 1 })
  | _ -> None

/// Of two processes together.
let add (one : Counts) (two : Counts) : Counts = {
  started = Int.min one.started two.started,
  accepted = one.accepted + two.accepted,
  open = one.open + two.open,
  answers = one.answers + two.answers,
  bytes = one.bytes + two.bytes,
  good = one.good + two.good,
  elsewhere = one.elsewhere + two.elsewhere,
  refused = one.refused + two.refused,
  failed = one.failed + two.failed,
  workers = one.workers + two.workers
}

test "a line there and back" =
  let counts = { started = 1, accepted = 2, open = 3, answers = 4, bytes = 5, good = 6, elsewhere = 7, refused = 8, failed = 9, workers = 1 }
  parse_line (to_line 7 counts) == Some (7, counts) && parse_line "1 2" == None
