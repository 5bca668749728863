/// A repository of packages in opam's older layout: `packages/NAME/NAME.VERSION/descr`, whose first line is what a package is in short.
import Error
import File
import List
import Option
import Path
import String

type Version = { number : String, description : String }
type Package = { name : String, versions : List Version }

/// What could not be read, and why.
type Problem = { path : String, error : Error }

/// What was found, and what could not be read on the way.
type Found a = { items : List a, problems : List Problem }

/// All packages that have a version to show. A repository without a folder `packages` is the only thing that ends it.
/// `note` is run when a package has been read.
let read (root : String) (note : Unit ! {File | e}) : Result (Found Package) Error ! {File | e} =
  let folder = Path.join root "packages"
  match! File.list folder
  | Err error -> ret (Err error)
  | Ok names ->
    let! found = List.map_par (fun name -> read_package folder name note) names
    ret (Ok (together found))

let read_package (folder : String) (name : String) (note : Unit ! {File | e}) : Found Package ! {File | e} =
  let path = Path.join folder name
  let! listed = File.list path
  let! found = match listed
    | Err error -> ret { items = [], problems = [{ path, error }] }
    | Ok entries -> read_versions path (List.filter_map (version_of name) entries)
  do! note
  ret { items = package_of name found.items, problems = found.problems }

/// Each description is read while the others are: a `join` of the first with all the rest.
let read_versions (path : String) (numbers : List (String, String)) : Found Version ! {File | e} =
  match numbers
  | [] -> ret { items = [], problems = [] }
  | (folder, number) :: rest ->
    let! first = read_version (Path.join_all [path, folder, "descr"]) number
    and! others = read_versions path rest
    ret (together [first, others])

let read_version (path : String) (number : String) : Found Version ! {File | e} =
  match! File.read path
  | Ok text -> ret { items = [{ number, description = first_line text }], problems = [] }
  | Err error -> ret { items = [], problems = [{ path, error }] }

/// The name of a version's folder with the version in it.
///
/// ```fx
/// Repository.version_of "io" "io.2.1.0" == Some ("io.2.1.0", "2.1.0")
/// Repository.version_of "io" "README" == None
/// ```
let version_of (name : String) (folder : String) : Option (String, String) =
  Option.map (fun number -> (folder, number)) (String.strip_prefix (name ++ ".") folder)

private let first_line (text : String) : String =
  match String.split_once "\n" text
  | Some (line, _) -> String.trim line
  | None -> String.trim text

private let package_of (name : String) (versions : List Version) : List Package =
  if List.is_empty versions then [] else [{ name, versions }]

private let together (found : List (Found a)) : Found a =
  { items = List.concat_map (fun each -> each.items) found, problems = List.concat_map (fun each -> each.problems) found }

/// A version that cannot be read is left out, and said; the others stay.
spec one_of_two (error : Error) =
  read_package "packages" "io" (ret ()) runs
    File.list "packages/io" => Ok ["README", "io.1", "io.2"]
    join
      File.read "packages/io/io.1/descr" => Err error
    and
      File.read "packages/io/io.2/descr" => Ok "Effects.\nAnd how they are handled.\n"
  returns {
    items = [{ name = "io", versions = [{ number = "2", description = "Effects." }] }],
    problems = [{ path = "packages/io/io.1/descr", error }]
  }

/// What is no folder is said, and is no package.
spec no_package (error : Error) =
  read_package "packages" "notes.txt" (ret ()) runs
    File.list "packages/notes.txt" => Err error
  returns { items = [], problems = [{ path = "packages/notes.txt", error }] }
