// The limit is looked at before the wait, and counted after it: two acceptors pass one free place.
effect Net =
  accept : Int
  refuse : Unit

cell Open : Int = 0

let accept_one (limit : Int) : Unit ! {Net, Open} =
  let! _ = Net.accept
  let! open_now = Open.get
  if open_now < limit then Open.set (open_now + 1) else Net.refuse

let program : Int ! {Net, Open} =
  let! _ = accept_one 1 and! _ = accept_one 1
  Open.get

spec one_is_refused =
  program runs
    join
      Net.accept => 7
    and
      Net.accept => 8
    Net.refuse => ()
  returns 1
