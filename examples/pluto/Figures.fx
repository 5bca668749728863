/// What the server counts about itself.
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
  failed : Int       // 5xx
}

cell Figures : Counts = { started = 0, accepted = 0, open = 0, answers = 0, bytes = 0, good = 0, elsewhere = 0, refused = 0, failed = 0 }

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
