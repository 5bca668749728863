import Test
import Time

let is_late : Bool ! {} = Test.simulate (
  do! Time.sleep 1000
  ret True)

let main (_ : List String) : Int ! {} =
  let! late = is_late
  ret (if late then 0 else 1)
