// No answer of one type can be stated of an operation whose caller says what type it answers.
import List

effect Ask =
  any : Int -> a
  some : Int -> List a
  pick : List a -> a
  say : Int -> Unit

let adds : Unit ! {Ask} =
  let! n = Ask.any 3
  Ask.say (n + 1)

spec adds_text =
  adds runs
    Ask.any 3 => "text"
    Ask.say 4 => ()
  returns ()

let sums : Unit ! {Ask} =
  let! numbers = Ask.any 3
  let! more = Ask.some 4
  Ask.say (List.sum numbers + List.sum more)

spec sums_number =
  sums runs
    Ask.any 3 => 1
    Ask.some 4 => ["text"]
    Ask.say 5 => ()
  returns ()

let picks : String ! {Ask} = Ask.pick []

spec picks_number =
  picks runs
    Ask.pick [] => 1
  returns "text"

spec picks_parameter x =
  picks runs
    Ask.pick [] => x
  returns x

effect Store k =
  load : k -> Result v k

let loads : Int ! {Store String} =
  match! Store.load "n"
  | Ok n -> ret n
  | Err _ -> ret 0

spec loads_text =
  loads runs
    Store.load "n" => Ok "1"
  returns 1
