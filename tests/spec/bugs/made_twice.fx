// Both find nothing there yet, and both make it.
effect Heavy =
  make : Int

cell Made : Option Int = None
cell Making : Bool = False

let get : Option Int ! {Heavy, Made, Making} =
  match! Made.get
  | Some made -> ret (Some made)
  | None ->
    let! made = Heavy.make
    do! Made.set (Some made)
    ret (Some made)

let program : Option Int ! {Heavy, Made, Making} =
  let! (left, _) = join get get
  ret left

spec made_once =
  program runs
    Heavy.make => 5
  returns Some 5
