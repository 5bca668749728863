// The time runs out between the two halves, and the money is gone.
import Task
import Time

effect Bank =
  stamp : Unit

cell Mine : Int = 10
cell Yours : Int = 0

let transfer : Unit ! {Bank, Mine, Yours} =
  do! Mine.update (fun n -> n - 5)
  do! Bank.stamp
  Yours.update (fun n -> n + 5)

let program : Int ! {Bank, Mine, Yours, Time} =
  let! _ = first (Time.sleep 100) (Task.uncancellable transfer)
  let! mine = Mine.get
  let! yours = Yours.get
  ret (mine + yours)

spec nothing_is_lost =
  program runs
    left
      Time.sleep 100 => ()
    losing
      Bank.stamp => ()
  returns 10
