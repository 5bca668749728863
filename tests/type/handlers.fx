effect Store =
  get : String -> Option String
  put : String -> String -> Unit
effect Fail e =
  raise : e -> Never
effect Amb =
  flip : Bool

let in_memory (value : Option String) (c : a ! {Store | e}) : a ! e =
  handle c with
  | Store.get _ -> ret value
  | Store.put _ _ -> ret ()

let to_result c =
  handle c with
  | ret x -> ret (Ok x)
  | Fail.raise e -> ret (Err e)

let blame (c : a ! {Fail String | e}) : a ! {Fail String | e} =
  handle c with
  | Fail.raise message -> Fail.raise "blame: \(message)"

let choices c =
  handle c with
  | ret x -> ret [x]
  | ctl Amb.flip resume ->
    let! left = resume True
    let! right = resume False
    ret (left ++ right)

let program =
  match! Store.get "a"
  | Some text -> ret text
  | None -> Fail.raise 3

let handled = to_result (in_memory None program)
