/// Answers that are asked for often within one second. Head and body of such a one are put together once and held, and then go out in one call of
/// the system; a second later its date is another, and it is forgotten.
import Clock
import Map
import String
import Tcp

type Asked = {
  second : Int,                  // what follows is about this one
  whole : Int,                   // how many of the answers are held
  answers : Map String Standing
}

/// How many have asked for an answer, or all of it.
type Standing = Times Int | Whole Tcp.Held

cell Often : Asked = { second = -1, whole = 0, answers = Map.empty }

/// Putting an answer together costs as much as it saves for some four who ask for it.
private let often = 8

/// So many answers are held, of at most 64 KiB each; and so many are counted.
private let most_held = 64

private let most_counted = 1024

/// The texts and what is held under this name as one, when they are asked for often in this second.
let whole (now : Clock.Written) (name : String) (texts : List String) (held : Tcp.Held) : Option Tcp.Held ! {Often, Tcp} =
  let! asked = Often.get
  if asked.second != now.second then
    do! Often.set { second = now.second, whole = 0, answers = Map.singleton name (Times 1) }
    ret None
  else
    match Map.get name asked.answers
    | Some (Whole answer) -> ret (Some answer)
    | Some (Times count) when count + 1 >= often && asked.whole < most_held ->
      let! answer = Tcp.hold (String.concat texts ++ Tcp.held_text held)
      do! Often.update (fun asked -> { asked with whole = asked.whole + 1, answers = Map.insert name (Whole answer) asked.answers })
      ret (Some answer)
    | Some (Times count) -> count_as name (count + 1)
    | None -> if Map.size asked.answers < most_counted then count_as name 1 else ret None

private let count_as (name : String) (count : Int) : Option Tcp.Held ! {Often} =
  do! Often.update (fun asked -> { asked with answers = Map.insert name (Times count) asked.answers })
  ret None
