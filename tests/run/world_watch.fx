import Console
import Either
import Error
import File
import List
import Result
import Time

let say (text : String) : Unit ! {Console} = Console.print_line text

let name_of (change : File.Change) : Option String =
  match change
  | File.Appeared name | File.Changed name | File.Vanished name -> Some name
  | File.Missed -> None

// Gathers changes until one is about the name that ends it: how the system groups them is its own affair.
let until (last : String) (watch : File.Watch) (so_far : List File.Change) : Result (List File.Change) Error ! {File} =
  match! File.changes watch
  | Err error -> ret (Err error)
  | Ok changes ->
    let all = so_far ++ changes
    if List.any (fun change -> name_of change == Some last) changes then ret (Ok all)
    else until last watch all

let without_repeats (changes : List File.Change) : List File.Change =
  match changes
  | a :: b :: rest when a == b -> without_repeats (b :: rest)
  | a :: rest -> a :: without_repeats rest
  | [] -> []

let work (folder : String) : Unit ! {File} =
  let! _ = File.write "\(folder)/one" "text"
  let! _ = File.append "\(folder)/one" "more"
  let! _ = File.rename "\(folder)/one" "\(folder)/two"
  let! _ = File.delete "\(folder)/two"
  let! _ = File.make_directory "\(folder)/end"
  ret ()

let in_directory (folder : String) : Unit ! {Console, File} =
  let! told = File.with_watch folder (fun watch ->
    let! changes = until "end" watch [] and! () = work folder
    ret changes)
  match told
  | Ok (Ok changes) -> List.iter_seq (fun change -> say (show change)) (without_repeats changes)
  | Ok (Err error) | Err error -> say (Error.message error)

// A file that goes away ends its watch.
let one_file (folder : String) : Unit ! {Console, File} =
  let path = "\(folder)/alone"
  let! _ = File.write path ""
  let! told = File.with_watch path (fun watch ->
    let! _ = File.delete path
    let! first_time = until "" watch []
    let! second_time = File.changes watch
    ret (first_time, second_time))
  say (show told)

let missing (folder : String) : Unit ! {Console, File} =
  let! told = File.with_watch "\(folder)/none" (fun _ -> ret ())
  do! say (show told)
  let! strange = File.with_watch "a\0b" (fun _ -> ret ())
  say (show strange)

// Waiting for changes can be cancelled, again and again, and nothing is lost by it.
let cancelled (folder : String) : Unit ! {Console, File, Time} =
  let path = "\(folder)/pulse"
  let! told = File.with_watch folder (fun watch ->
    let! rounds = List.map_seq (fun _ -> first (Time.sleep 0) (File.changes watch)) (List.range 0 50)
    let! _ = File.write path ""
    let! changes = File.changes watch
    ret (List.all Either.is_left rounds, Result.map (List.take 1) changes))
  say (show told)

// Two wait for the same; stopping tells those that still wait.
let stopped (folder : String) : Unit ! {Console, File, Time} =
  match! File.watch folder
  | Err error -> say (Error.message error)
  | Ok watch ->
    let! (a, b) = join (File.changes watch) (join (File.changes watch) (Time.sleep 1))
      and! () =
        do! Time.sleep 1
        File.stop_watch watch
    let! c = File.changes watch
    do! File.stop_watch watch
    say "\(show a) \(show b) \(show c)"

// What is no longer referred to is closed, whoever forgot it.
let forgotten (folder : String) : Unit ! {Console, File} =
  let! opened = List.map_seq (fun _ -> File.watch folder) (List.range 0 100)
  say "\(List.all Result.is_ok opened)"

let main (_ : List String) : Unit ! {Console, File, Time} =
  let! used = File.with_temporary_directory "fx_watch_" (fun folder ->
    do! in_directory folder
    do! one_file folder
    do! missing folder
    do! cancelled folder
    do! stopped folder
    forgotten folder)
  match used
  | Ok () -> ret ()
  | Err error -> say (Error.message error)
