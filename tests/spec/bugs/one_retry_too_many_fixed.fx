// Three tries are three, not the first and three more.
effect Net =
  ask : Option String

let ask (tries : Int) : Option String ! {Net} =
  match! Net.ask
  | Some answer -> ret (Some answer)
  | None -> if tries == 1 then ret None else ask (tries - 1)

spec third_time (answer : String) =
  ask 3 runs
    Net.ask => None
    Net.ask => None
    Net.ask => Some answer
  returns Some answer

spec gives_up =
  ask 3 runs
    Net.ask => None
    Net.ask => None
    Net.ask => None
  returns None
