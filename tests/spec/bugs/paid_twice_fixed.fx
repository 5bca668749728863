// A payment whose answer got lost may have been made: to ask again is to pay twice.
effect Bank =
  pay : Int -> Option Bool
  is_paid : Int -> Bool

let pay (id : Int) : Bool ! {Bank} =
  match! Bank.pay id
  | Some done -> ret done
  | None -> Bank.is_paid id

spec answer_is_lost (id : Int) =
  pay id runs
    Bank.pay id => None
    Bank.is_paid id => True
  returns True
