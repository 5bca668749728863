import Console
import Error
import File

/// Runs `f` on each item, one after the other.
let map_seq (f : a -> b ! e) (items : List a) : List b ! e =
  match items
  | [] -> ret []
  | item :: rest ->
    let! answer = f item
    let! answers = map_seq f rest
    ret (answer :: answers)

/// Runs `f` on all items at once.
let map_par (f : a -> b ! e) (items : List a) : List b ! e =
  match items
  | [] -> ret []
  | item :: rest ->
    let! answer = f item
    and! answers = map_par f rest
    ret (answer :: answers)

let iter_seq (f : a -> Unit ! e) (items : List a) : Unit ! e =
  match items
  | [] -> ret ()
  | item :: rest ->
    do! f item
    iter_seq f rest

let iter_par (f : a -> Unit ! e) (items : List a) : Unit ! e =
  match items
  | [] -> ret ()
  | item :: rest ->
    let! _ = join (f item) (iter_par f rest)
    ret ()

/// A file and what reading it answers.
alias Reading = (String, Result String Error)

let paths (files : List Reading) : List String =
  match files
  | [] -> []
  | (path, _) :: rest -> path :: paths rest

let answers (files : List Reading) : List (Result String Error) =
  match files
  | [] -> []
  | (_, answer) :: rest -> answer :: answers rest

/// One file is read after the other. The spec uses itself on the rest of the list: that is induction, and counts as proof for lists of any length.
spec map_seq_ok (files : List Reading) =
  map_seq File.read (paths files) runs
    match files
    | [] ->
    | (path, answer) :: rest ->
      File.read path => answer
      use map_seq_ok rest
  returns answers files

/// The same files, at once: in any order, and the answers in the list's.
spec map_par_ok (files : List Reading) =
  map_par File.read (paths files) runs
    match files
    | [] ->
    | (path, answer) :: rest ->
      join
        File.read path => answer
      and
        use map_par_ok rest
  returns answers files

spec iter_seq_ok (lines : List String) =
  iter_seq Console.print_line lines runs
    match lines
    | [] ->
    | line :: rest ->
      Console.print_line line => ()
      use iter_seq_ok rest
  returns ()

spec iter_par_ok (lines : List String) =
  iter_par Console.print_line lines runs
    match lines
    | [] ->
    | line :: rest ->
      join
        Console.print_line line => ()
      and
        use iter_par_ok rest
  returns ()

/// Reads two files, then says some lines.
let main (_ : List String) : Unit ! {Console, File} =
  let! _ = map_seq File.read ["/etc/hostname", "/etc/hosts"]
  let! _ = map_par File.read ["/etc/hostname", "/etc/hosts"]
  do! iter_seq Console.print_line ["one", "after", "the other"]
  iter_par Console.print_line ["and", "all", "at once"]
