import Console
import Error
import File
import Result
import String

let say (text : String) : Unit ! {Console} = Console.print_line text

let failure (result : Result a Error) : String =
  match result
  | Ok _ -> "Ok"
  | Err error -> "\(show error): \(Error.message error)"

let run (what : String) (operation : Result a Error ! {File | e}) : Unit ! {Console, File | e} =
  let! result = operation
  say "\(what): \(failure result)"

// Each condition by the constructor that programs match on. None of them depends on who runs the test.
let conditions (folder : String) : Unit ! {Console, File} =
  let path = fun name -> "\(folder)/\(name)"
  let! _ = File.write (path "file") "text"
  let! _ = File.make_directory (path "directory")
  let! _ = File.write (path "directory/inside") ""
  let! _ = File.make_link "circle" (path "circle")
  do! run "read missing" (File.read (path "none"))
  do! run "read in missing" (File.read (path "none/file"))
  do! run "read directory" (File.read (path "directory"))
  do! run "read below file" (File.read (path "file/below"))
  do! run "read circle" (File.read (path "circle"))
  do! run "read long name" (File.read (path (String.repeat 300 "x")))
  do! run "read NUL" (File.read (path "a\0b"))
  do! run "write directory" (File.write (path "directory") "")
  do! run "write in missing" (File.write (path "none/file") "")
  do! run "replace directory" (File.replace (path "directory") "")
  do! run "delete missing" (File.delete (path "none"))
  do! run "delete directory" (File.delete (path "directory"))
  do! run "delete forbidden" (File.delete "/proc/self/status")
  do! run "make existing" (File.make_directory (path "directory"))
  do! run "make over file" (File.make_directories (path "file/a/b"))
  do! run "remove full" (File.remove_directory (path "directory"))
  do! run "remove file" (File.remove_directory (path "file"))
  do! run "list missing" (File.list (path "none"))
  do! run "list file" (File.list (path "file"))
  do! run "stat missing" (File.stat (path "none"))
  do! run "rename missing" (File.rename (path "none") (path "other"))
  do! run "rename over full" (File.rename (path "file") (path "directory"))
  do! run "copy missing" (File.copy (path "none") (path "other"))
  do! run "copy directory" (File.copy (path "directory") (path "other"))
  do! run "copy onto itself" (File.copy (path "file") (path "file"))
  do! run "read link of file" (File.read_link (path "file"))
  do! run "make link over" (File.make_link "file" (path "directory"))
  do! run "permissions of missing" (File.set_permissions (path "none") 420)
  do! run "permissions too many" (File.set_permissions (path "file") 65535)
  do! run "opening missing" (File.open_read (path "none"))
  do! run "opening directory to write" (File.open_write (path "directory"))
  do! run "temporary elsewhere" (File.make_temporary_file "a/b")
  do! run "full device" (File.write "/dev/full" "text")

let open_files (folder : String) : Unit ! {Console, File} =
  let path = "\(folder)/file"
  let! _ = File.with_file path (fun file ->
    do! run "write to read-only" (File.write_at file 0 "x")
    do! run "read before the start" (File.read_at file (-1) 1)
    do! run "read nothing" (File.read_at file 0 0)
    do! run "read a negative count" (File.read_at file 0 (-1))
    do! run "set negative size" (File.set_size file (-1))
    do! File.close file
    do! File.close file
    do! run "stat closed" (File.stat_open file)
    run "sync closed" (File.sync file))
  ret ()

// What replaces, links, permissions and directories do when all is well.
let well (folder : String) : Unit ! {Console, File} =
  let path = fun name -> "\(folder)/\(name)"
  let! _ = File.replace (path "new") "one"
  let! _ = File.set_permissions (path "new") 416
  let! _ = File.make_link "new" (path "link")
  let! _ = File.replace (path "link") "two"
  let! text = File.read (path "new")
  let! target = File.read_link (path "link")
  let! about = File.stat (path "link")
  let! about_link = File.stat_link (path "link")
  do! say "\(show text) \(show target) \(show (Result.map (fun f -> (f.kind, f.permissions)) about)) \(show (Result.map (fun f -> f.kind) about_link))"
  let! _ = File.make_directories (path "deep/er/still/")
  let! _ = File.make_directories (path "deep/er/still")
  let! _ = File.write (path "deep/er/still/file") ""
  let! left = File.list (path "")
  let! deep = File.list (path "deep/er")
  do! say "\(show left) \(show deep)"
  let! real = File.real_path (path "deep/../link")
  do! say (show (Result.map (String.drop (String.length folder)) real))
  let! _ = File.remove_all (path "deep")
  let! gone = File.exists (path "deep")
  let! used = File.with_temporary_file "fx_" (fun file ->
    let! _ = File.write file "x"
    let! there = File.exists file
    ret (file, there))
  match used
  | Err error -> say (Error.message error)
  | Ok (file, there) ->
    let! still = File.exists file
    say "\(gone) \(there) \(still)"

let main (_ : List String) : Unit ! {Console, File} =
  let! used = File.with_temporary_directory "fx_errors_" (fun folder ->
    do! conditions folder
    do! open_files folder
    well folder)
  say (failure used)
