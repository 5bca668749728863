// A handle within an Option is closed twice: what is asked is told so that it can be read.
import File

let close_twice (f : Option File.Handle) : Unit ! {File} =
  match f
  | None -> ret ()
  | Some file ->
    do! File.close file
    File.close file

spec closes (f : Option File.Handle) =
  close_twice f runs
    match f
    | None ->
    | Some file ->
      File.close file => ()
  returns ()
