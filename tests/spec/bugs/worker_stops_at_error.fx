// One bad job is no reason to leave the others undone.
effect Work =
  next : Option Int
  run : Int -> Bool
  skip : Int -> Unit

let work (done : Int) : Int ! {Work} =
  match! Work.next
  | None -> ret done
  | Some job ->
    match! Work.run job
    | True -> work (done + 1)
    | False -> ret done

spec goes_on =
  work 0 runs
    Work.next => Some 1
    Work.run 1 => False
    Work.skip 1 => ()
    Work.next => Some 2
    Work.run 2 => True
    Work.next => None
  returns 1
