// What a continuation is given, what it answers, and what clauses answer.
effect Amb =
  flip : Bool
  pick : List a -> a
  stop : Never

let wrong_argument (c : a ! {Amb | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | ctl Amb.flip resume -> resume "yes"
  | Amb.pick items -> fault "no \(show (1, 2))"
  | Amb.stop -> ret []

let wrong_result (c : a ! {Amb | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | ctl Amb.flip resume ->
    let! left = resume True
    ret (left == [])
  | Amb.pick _ -> fault "nothing to pick"
  | Amb.stop -> ret []

let not_resumed (c : a ! {Amb | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | ctl Amb.flip resume -> resume
  | Amb.pick _ -> fault "nothing to pick"
  | Amb.stop -> ret []

let wrong_answers (c : a ! {Amb | e}) : List a ! e =
  handle c with
  | ret x -> ret [x]
  | Amb.flip -> ret 1
  | Amb.pick items -> ret items
  | Amb.stop -> ret True
