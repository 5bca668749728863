effect Ask =
  ask : Int

let counted (c : a ! {Ask | e}) : (Int -> a ! e) ! e =
  handle c with
  | ret x x -> ret (fun _ -> ret x)
  | ctl Ask.ask resume -> ret (fun n -> let! next = resume n in next (n + 1))
