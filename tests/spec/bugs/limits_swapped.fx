/// The limit of one question was to be shorter than that of all, and is longer.

import Console
import Task
import Time

let ask (limit : Int) : Option String ! {Console, Time} =
  match! first Console.read_line (Time.sleep limit)
  | Left line -> ret line
  | Right () -> ret None

let patient : Option (Option String) ! {Console, Time} = Task.timeout 10 (ask 500)

/// The question has ten milliseconds, what is around it half a second.
spec asked =
  patient runs
    left
      left
        Console.read_line => Some "yes"
      losing
        Time.sleep 10 => _
    losing
      Time.sleep 500 => _
  returns Some (Some "yes")
