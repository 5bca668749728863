let each (f : a -> Unit ! e) (xs : List a) : Unit ! e =
  match xs
  | [] -> ret ()
  | x :: rest ->
    do! f x
    each f rest

effect Fail e =
  raise : e -> Never
cell Hits : Int = 1 + 1

let stop n : Int ! {Fail String} = if n > 0 then ret n else Fail.raise "negative"
let bump = Hits.update (fun n -> n + 1)
let set_all ns = each Hits.set ns
let to_result c =
  handle c with
  | ret x -> ret (Ok x)
  | Fail.raise e -> ret (Err e)
let checked n = to_result (stop n)

let main (_ : List String) : Unit ! {} = ret ()
