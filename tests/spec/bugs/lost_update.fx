// Two deposits at once: each reads the balance, waits, and writes. The first write is lost.
effect Bank =
  approve : Int -> Unit

cell Balance : Int = 0

let deposit (amount : Int) : Unit ! {Bank, Balance} =
  let! balance = Balance.get
  do! Bank.approve amount
  Balance.set (balance + amount)

let program : Int ! {Bank, Balance} =
  let! _ = deposit 10 and! _ = deposit 20
  Balance.get

spec both_arrive =
  program runs
    join
      Bank.approve 10 => ()
    and
      Bank.approve 20 => ()
  returns 30
