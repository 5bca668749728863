import File

let load (path : String) : String ! {File} =
  match! File.read path
  | Ok text -> text
  | Err _ -> ""
