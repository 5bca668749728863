// The gate opens when all three have come.
import List
import Promise

effect Step =
  prepare : Int -> Unit
  go : Int -> Unit

cell Arrived : Int = 0

let worker (gate : Promise Unit) (n : Int) : Unit ! {Step, Arrived} =
  do! Step.prepare n
  do! Arrived.update (fun arrived -> arrived + 1)
  let! arrived = Arrived.get
  let! _ = if arrived >= 3 then Promise.set gate () else ret False
  do! Promise.wait gate
  Step.go n

let program : Unit ! {Step, Arrived} =
  let! gate = Promise.make
  List.iter_par (fun n -> worker gate n) [1, 2, 3]

spec all_prepare_first =
  program runs
    join
      Step.prepare 1 => ()
    and
      Step.prepare 2 => ()
    and
      Step.prepare 3 => ()
    join
      Step.go 1 => ()
    and
      Step.go 2 => ()
    and
      Step.go 3 => ()
  returns ()
