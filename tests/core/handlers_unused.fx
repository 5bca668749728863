import Random
import Time

// Main reaches no handler of Random: it is called directly, and cannot wait. Of Time it does.
let seven (c : a ! {Random | e}) : a ! e =
  handle c with
  | Random.int _ _ -> ret 7
  | Random.float -> ret 0.7
  | Random.bytes _ -> ret "7"

let at_noon (c : a ! {Time | e}) : a ! e =
  handle c with
  | Time.get -> ret 43_200
  | Time.now -> ret 43_200_000
  | Time.monotonic -> ret 0
  | Time.sleep _ -> ret ()

let twice (c : Int ! e) : Int ! e =
  let! x = c
  let! y = c
  ret (x + y)

let main (_ : List String) : Int ! {Random} =
  let! n = at_noon Time.get
  let! m = twice (Random.int 0 9)
  ret (n + m)
