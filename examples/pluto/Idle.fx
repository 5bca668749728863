/// Waiting between two requests. Ten thousand clients that wait need no timer each: they wait for the bell of the second in which they began,
/// and one task rings each bell when its time has come. When the server stops, all bells ring.
import List
import Promise
import Time

type Bells = {
  youngest : Option (Promise Unit),
  older : List (Int, Promise Unit),   // with the time of their making
  stopping : Bool,                    // no connection stays open after its answer
  silent : Bool                       // the last bell has rung
}

cell Idle : Bells = { youngest = None, older = [], stopping = False, silent = False }

/// Answers when the time to be idle is over, to the second, and at once when the server has stopped.
let wait : Unit ! {Idle} =
  match! Idle.get
  | { youngest = Some bell } -> Promise.wait bell
  | { youngest = None } -> ret ()

/// Answers when the server has stopped. Each bell that rings earlier is followed by the next.
let until_stopped : Unit ! {Idle} =
  do! wait
  let! bells = Idle.get
  if bells.silent then ret () else until_stopped

/// Makes the bell of this second, and rings those that are `idle_time` milliseconds old.
let next_second (idle_time : Int) : Unit ! {Idle, Time} =
  let! bell = Promise.make
  let! now = Time.monotonic
  let! bells = Idle.get
  if bells.silent then ret ()
  else
    let (young, old) = List.partition (fun (began, _) -> now - began < idle_time * 1_000_000) bells.older
    do! Idle.set { bells with youngest = Some bell, older = (now, bell) :: young }
    List.iter_seq (fun (_, bell) -> ring bell) old

/// Does so each second, as long as the server runs.
let keep_ringing (idle_time : Int) : Unit ! {Idle, Time} =
  do! next_second idle_time
  do! Time.sleep 1000
  keep_ringing idle_time

private let ring (bell : Promise Unit) : Unit ! e =
  let! _ = Promise.set bell ()
  ret ()

/// From now on every answer is its connection's last.
let begin_to_stop : Unit ! {Idle} = Idle.update (fun bells -> { bells with stopping = True })

/// From now on nobody is idle.
let stop : Unit ! {Idle} =
  let! bells = Idle.get
  do! Idle.set { bells with stopping = True, silent = True }
  List.iter_seq (fun (_, bell) -> ring bell) bells.older

let is_stopping : Bool ! {Idle} =
  let! bells = Idle.get
  ret bells.stopping
