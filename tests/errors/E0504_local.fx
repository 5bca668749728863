import Console
import Log

let none (n : Int) : Int ! {} =
  let say x =
    do! Log.info "hello"
    ret (x + 1)
  say n

let inner (n : Int) : Int ! {Console} =
  let say x =
    do! Console.print_line "a"
    let deeper y =
      do! Log.info "hello"
      ret (y + 1)
    deeper x
  let! a = say n
  ret a

let log_it (n : Int) : Unit ! {Log} = Log.info "\(n)"

let elsewhere (n : Int) : Unit ! {Console} =
  let tell x = log_it x
  let twice x =
    do! tell x
    tell x
  twice n
