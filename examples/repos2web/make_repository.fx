import Console
import Error
import File
import Int
import List
import Path
import String

/// Makes a repository of so many packages, of one to three versions each, to try repos2web on.
let main (arguments : List String) : Int ! {Console, File} =
  match arguments
  | [count, folder] ->
    match Int.parse count
    | Some number when number >= 0 -> make number folder
    | _ -> usage
  | _ -> usage

let usage : Int ! {Console} =
  do! Console.error_line "usage: make_repository COUNT FOLDER"
  ret 2

let make (count : Int) (folder : String) : Int ! {Console, File} =
  let packages = Path.join folder "packages"
  let! made = List.map_seq File.make_directory [folder, packages]
  let! written = List.map_par (make_package packages) (List.range 1 count)
  match List.find_map failure (List.concat (made :: written))
  | None -> ret 0
  | Some error ->
    do! Console.error_line "make_repository: \(folder): \(Error.message error)"
    ret 1

/// Version numbers that only a package manager orders well: 1.10 is newer than 1.9, and 1.10~rc1 is older than 1.10.
let make_package (packages : String) (index : Int) : List (Result Unit Error) ! {File} =
  let name = "package-\(String.pad_start 5 "0" (Int.to_string index))"
  let numbers = List.take (1 + index % 3) ["1.9", "1.10~rc1", "1.10"]
  let! folder = File.make_directory (Path.join packages name)
  let! made = List.map_seq (fun number -> make_version (Path.join_all [packages, name, "\(name).\(number)"]) (describe index number)) numbers
  ret (folder :: made)

let make_version (folder : String) (description : String) : Result Unit Error ! {File} =
  match! File.make_directory folder
  | Ok () | Err Error.AlreadyExists -> File.write (Path.join folder "descr") description
  | Err error -> ret (Err error)

let describe (index : Int) (number : String) : String = """
  What number \(index) is <for> & "against", in \(number)
  More about it, on further lines.
  """

let failure (result : Result Unit Error) : Option Error =
  match result
  | Ok () | Err Error.AlreadyExists -> None
  | Err error -> Some error
