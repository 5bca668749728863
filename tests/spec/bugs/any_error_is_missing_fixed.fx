// Only a file that is not there is to be made anew.
import Error
import File

let load : Result String Error ! {File} =
  match! File.read "settings"
  | Ok text -> ret (Ok text)
  | Err error when error != Error.NotFound -> ret (Err error)
  | Err _ ->
    match! File.write "settings" "none"
    | Ok () -> ret (Ok "none")
    | Err error -> ret (Err error)

spec made_anew =
  load runs
    File.read "settings" => Err Error.NotFound
    File.write "settings" "none" => Ok ()
  returns Ok "none"

spec kept =
  load runs
    File.read "settings" => Err Error.PermissionDenied
  returns Err Error.PermissionDenied
