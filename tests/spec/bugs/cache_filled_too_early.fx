// The cache is emptied before the new value is stored: who asks meanwhile fills it with the old one.
effect Base =
  read : Int
  write : Int -> Unit

cell Cache : Option Int = Some 1

let update (n : Int) : Unit ! {Base, Cache} =
  do! Cache.set None
  Base.write n

let look : Int ! {Base, Cache} =
  match! Cache.get
  | Some n -> ret n
  | None ->
    let! n = Base.read
    do! Cache.set (Some n)
    ret n

let program : Option Int ! {Base, Cache} =
  let! _ = update 2 and! _ = look
  Cache.get

spec nothing_old_is_kept =
  program runs
    Base.write 2 => ()
  returns None
