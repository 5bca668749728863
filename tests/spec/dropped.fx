/// What a continuation holds that is dropped is given back before anything else is asked.
import Console

effect Amb =
  flip : Bool

effect Lock =
  take : Int -> Unit
  give : Int -> Unit

let stop_at_flip (c : a ! {Amb | e}) : Option a ! e =
  handle c with
  | ret x -> ret (Some x)
  | ctl Amb.flip _ -> ret None

let work : Unit ! {Amb, Lock} =
  bracket (Lock.take 1) (fun _ -> Lock.give 1) (fun _ ->
    let! _ = Amb.flip
    ret ())

let whole : Unit ! {Lock, Console} =
  let! _ = stop_at_flip work
  do! Console.print_line "after"
  ret ()

spec gives_back =
  whole runs
    Lock.take 1 => ()
    Lock.give 1 => ()
    Console.print_line "after" => ()
  returns ()

let at_end : Unit ! {Lock} =
  let! _ = stop_at_flip work
  ret ()

spec gives_back_at_end =
  at_end runs
    Lock.take 1 => ()
    Lock.give 1 => ()
  returns ()

/// Kept and resumed later, it gives back when it is done.
let resume_later (c : Unit ! {Amb, Console, Lock}) : Unit ! {Console, Lock} =
  handle c with
  | ctl Amb.flip resume ->
    do! Console.print_line "later"
    resume True

spec gives_back_later =
  resume_later work runs
    Lock.take 1 => ()
    Console.print_line "later" => ()
    Lock.give 1 => ()
  returns ()

/// Two at once: each gives back what is its own.
let both : (Option Unit, Option Unit) ! {Lock} = join (stop_at_flip work) (stop_at_flip work)

spec both_give_back =
  both runs
    join
      Lock.take 1 => ()
      Lock.give 1 => ()
    and
      Lock.take 1 => ()
      Lock.give 1 => ()
  returns (None, None)
