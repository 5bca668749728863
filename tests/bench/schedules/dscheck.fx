/// Tests of dscheck, a model checker for OCaml's atomics, as simulations: before each access to a cell another task may go on. dscheck's `tests`
/// folder lists the traces that it meets; so many classes are expected here.
import List
import Test

cell X : Int = 0
cell Y : Int = 0
cell Z : Int = 0
cell Seen : Int = 0

let at_once (tasks : List (Unit ! e)) : Bool ! e =
  do! List.iter_par (fun task -> task) tasks
  ret True

let access (c : a ! e) : a ! e =
  do! yield
  c

let count_x : Unit ! {X} = access (X.update (fun x -> x + 1))

let count_both : Unit ! {X, Y} =
  do! count_x
  access (Y.update (fun y -> y + 1))

/// test_trace.ml: two tasks count in one counter, one of them in another as well.
test "safe counter" = Test.simulate (at_once [count_x, count_both])

let set_both : Unit ! {X, Y} =
  do! access (Y.set 1)
  access (X.set 2)

let look_at_both : Unit ! {X, Y, Z} =
  match! access Y.get
  | 0 ->
    match! access X.get
    | 0 -> access (Z.set 1)
    | _ -> ret ()
  | _ -> ret ()

/// test_conditional_nested.ml: what is accessed depends on what was read.
test "conditional nested" = Test.simulate (at_once [access (X.set 1), set_both, look_at_both])

let keep_x : Unit ! {X, Seen} =
  let! x = access X.get
  Seen.set x

let set_z_before_y : Unit ! {Y, Z} =
  match! access Y.get
  | 0 -> access (Z.set 1)
  | _ -> ret ()

let set_x_between : Unit ! {X, Y, Z} =
  let! z = access Z.get
  let! y = access Y.get
  if z == 1 && y == 0 then access (X.set 1)

/// test_conditional_ssb.ml, which is figure 2 of the paper on source sets.
test "conditional ssb" = Test.simulate (at_once [keep_x, access (Y.set 1), set_z_before_y, set_x_between])
