import Console
import Error
import File
import List

let say (text : String) : Unit ! {Console} = Console.print_line text

let outcome (result : Result a Error) : String =
  match result
  | Ok _ -> "ok"
  | Err error -> Error.message error

let whole (folder : String) : Unit ! {Console, File} =
  let path = "\(folder)/one"
  let! missing = File.read path
  do! say (show missing)
  let! a = File.write path "first\n"
  let! b = File.append path "second\n"
  do! say "\(outcome a) \(outcome b)"
  let! text = File.read path
  do! say (show text)
  let! copied = File.copy path "\(folder)/two"
  let! moved = File.rename "\(folder)/two" "\(folder)/three"
  let! made = File.make_directory "\(folder)/sub"
  let! again = File.make_directory "\(folder)/sub"
  do! say "\(outcome copied) \(outcome moved) \(outcome made) \(outcome again)"
  let! names = File.list folder
  do! say (show names)
  let! there = File.exists path
  let! gone = File.exists "\(folder)/two"
  do! say "\(there) \(gone)"
  match! File.stat path
  | Err error -> say (Error.message error)
  | Ok about ->
    do! say "\(show about.kind) \(about.size)"
    let! deleted = File.delete path
    let! twice = File.delete path
    let! full = File.remove_directory folder
    let! is_folder = File.read "\(folder)/sub"
    let! nul = File.read "a\0b"
    say "\(outcome deleted) \(outcome twice) \(outcome full) \(outcome is_folder) \(outcome nul)"

let pieces (folder : String) : Unit ! {Console, File} =
  let path = "\(folder)/pieces"
  let! written = File.with_file_to_write path (fun file ->
    let! _ = File.write_at file 0 "0123456789"
    let! _ = File.write_at file 5 "abcdef"
    let! _ = File.sync file
    let! _ = File.set_size file 9
    ret ())
  do! say (outcome written)
  let! read = File.with_file path (fun file ->
    let! a = File.read_at file 2 4
    let! b = File.read_at file 7 100
    let! c = File.read_at file 100 1
    do! File.close file
    let! d = File.read_at file 0 1
    ret [a, b, c, d])
  do! say (show read)
  let! none = File.with_file "\(folder)/none" (fun file -> File.read_at file 0 1)
  say (outcome none)

// Many more files than descriptors would be open at once if they did not wait.
let many (folder : String) : Unit ! {Console, File} =
  let names = List.map (fun n -> "\(folder)/many\(n)") (List.range 0 300)
  let! _ = List.map_par (fun name -> File.write name name) names
  let! texts = List.map_par (fun name -> File.with_file name (fun file -> File.read_at file 0 1000)) names
  do! say "\(texts == List.map (fun name -> Ok (Ok name)) names)"
  let! whole = List.map_par File.read names
  say "\(whole == List.map Ok names)"

let main (_ : List String) : Unit ! {Console, File} =
  let! used = File.with_temporary_directory "fx_files_" (fun folder ->
    do! whole folder
    do! pieces folder
    do! many folder
    ret folder)
  match used
  | Err error -> say (Error.message error)
  | Ok folder ->
    let! left = File.exists folder
    say "\(left)"
