// Whoever gives up waiting has to tell the other side.
import Time

effect Job =
  start : String -> Int
  wait : Int -> String
  cancel : Int -> Unit

let run (name : String) : Option String ! {Job, Time} =
  let! id = Job.start name
  match! first (Job.wait id) (Time.sleep 1000)
  | Left result -> ret (Some result)
  | Right () ->
    ret None

spec done (name : String) (id : Int) (result : String) =
  run name runs
    Job.start name => id
    left
      Job.wait id => result
    losing
      Time.sleep 1000 => ()
  returns Some result

spec given_up (name : String) (id : Int) =
  run name runs
    Job.start name => id
    right
      Time.sleep 1000 => ()
    losing
      Job.wait id => ""
    Job.cancel id => ()
  returns None
