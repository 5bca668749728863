effect Fail e =
  raise : e -> Never
let run (x : Int) : Int ! Fail String = ret x
