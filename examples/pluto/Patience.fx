/// How long clients are waited for. A limit of time is shared by all who wait under it: ten thousand idle clients need no timer each.
import Promise
import Tcp

type Patience = {
  idle : Tcp.Limit,   // between two requests; over for all when the server has stopped
  write : Tcp.Limit   // for a client to take an answer, or the next piece of one
}

type Stop = {
  is_near : Bool,              // no connection stays open after its answer
  is_over : Bool,              // who has not taken an answer by now is cut off
  bell : Option (Promise Unit) // it rings when the server has stopped
}

cell Stopping : Stop = { is_near = False, is_over = False, bell = None }

/// The limits, in milliseconds.
let begin (idle : Int) (write : Int) : Patience ! {Stopping, Tcp} =
  do! hang_bell
  let! idle = Tcp.limit idle
  let! write = Tcp.limit write
  ret { idle, write }

let hang_bell : Unit ! {Stopping} =
  let! bell = Promise.make
  Stopping.update (fun stop -> { stop with bell = Some bell })

let is_stopping : Bool ! {Stopping} =
  let! stop = Stopping.get
  ret stop.is_near

/// From now on every answer is its connection's last.
let begin_to_stop : Unit ! {Stopping} = Stopping.update (fun stop -> { stop with is_near = True })

/// From now on nobody is waited for between requests, or in the middle of one.
let stop (patience : Patience) : Unit ! {Stopping, Tcp} =
  do! begin_to_stop
  do! Tcp.end_limit patience.idle
  match! Stopping.get
  | { bell = Some bell } ->
    let! _ = Promise.set bell ()
    ret ()
  | { bell = None } -> ret ()

/// From now on nobody is waited for who has not taken an answer.
let give_up (patience : Patience) : Unit ! {Stopping, Tcp} =
  do! Stopping.update (fun stop -> { stop with is_over = True })
  Tcp.end_limit patience.write

let is_over : Bool ! {Stopping} =
  let! stop = Stopping.get
  ret stop.is_over

/// Answers when the server has stopped.
let until_stopped : Unit ! {Stopping} =
  match! Stopping.get
  | { bell = Some bell } -> Promise.wait bell
  | { bell = None } -> ret ()
