// When the source fails nobody keeps the promise, and who waits for it waits for ever.
import Promise

effect Net =
  get : Option Int

let announce (promise : Promise (Option Int)) : Unit ! {Net | e} =
  match! Net.get
  | None ->
    let! _ = Promise.set promise None
    ret ()
  | Some n ->
    let! _ = Promise.set promise (Some n)
    ret ()

let program : Option Int ! {Net} =
  let! promise = Promise.make
  let! (_, answer) = join (announce promise) (Promise.wait promise)
  ret answer

spec told =
  program runs
    Net.get => Some 3
  returns Some 3

spec told_of_nothing =
  program runs
    Net.get => None
  returns None
