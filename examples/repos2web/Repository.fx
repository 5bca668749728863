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
    let! found = List.map_par (read_package folder note) names
    ret (Ok (together found))

let read_package (folder : String) (note : Unit ! {File | e}) (name : String) : Found Package ! {File | e} =
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
    ret (both first others)

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
  match String.index_of "\n" text
  | Some length -> String.trim (String.take length text)
  | None -> String.trim text

private let package_of (name : String) (versions : List Version) : List Package =
  if List.is_empty versions then [] else [{ name, versions }]

private let both (left : Found a) (right : Found a) : Found a =
  { items = left.items ++ right.items, problems = left.problems ++ right.problems }

private let together (found : List (Found a)) : Found a =
  { items = List.concat_map (fun each -> each.items) found, problems = List.concat_map (fun each -> each.problems) found }

/// A version that cannot be read is left out, and said; the others stay.
spec one_of_two (error : Error) =
  read_package "packages" (ret ()) "io" runs
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
  read_package "packages" (ret ()) "notes.txt" runs
    File.list "packages/notes.txt" => Err error
  returns { items = [], problems = [{ path = "packages/notes.txt", error }] }

/// An entry of a package's folder, and what the file in it answers, if it is a version's.
alias Entry = (String, Result String Error)

private let names_of (entries : List Entry) : List String =
  match entries
  | [] -> []
  | (name, _) :: rest -> name :: names_of rest

private let versions_of (name : String) (entries : List Entry) : List Version =
  match entries
  | [] -> []
  | (folder, Ok text) :: rest ->
    match version_of name folder
    | Some (_, number) -> { number, description = first_line text } :: versions_of name rest
    | None -> versions_of name rest
  | _ :: rest -> versions_of name rest

private let problems_of (path : String) (name : String) (entries : List Entry) : List Problem =
  match entries
  | [] -> []
  | (folder, Err error) :: rest ->
    match version_of name folder
    | Some _ -> { path = Path.join_all [path, folder, "descr"], error } :: problems_of path name rest
    | None -> problems_of path name rest
  | _ :: rest -> problems_of path name rest

spec read_versions_all (path : String) (name : String) (entries : List Entry) =
  read_versions path (List.filter_map (version_of name) (names_of entries)) runs
    match entries
    | [] ->
    | (folder, answer) :: rest ->
      match version_of name folder
      | None ->
        use read_versions_all path name rest
      | Some _ ->
        join
          File.read (Path.join_all [path, folder, "descr"]) => answer
        and
          use read_versions_all path name rest
  returns { items = versions_of name entries, problems = problems_of path name entries }

spec read_package_all (folder : String) (name : String) (entries : List Entry) =
  read_package folder (ret ()) name runs
    File.list (Path.join folder name) => Ok (names_of entries)
    use read_versions_all (Path.join folder name) name entries
  returns { items = package_of name (versions_of name entries), problems = problems_of (Path.join folder name) name entries }

/// A package, and what its folder has.
alias Listed = (String, Result (List Entry) Error)

private let packages_in (listed : List Listed) : List String =
  match listed
  | [] -> []
  | (name, _) :: rest -> name :: packages_in rest

private let found_of (folder : String) (name : String) (listing : Result (List Entry) Error) : Found Package =
  let path = Path.join folder name
  match listing
  | Err error -> { items = [], problems = [{ path, error }] }
  | Ok entries -> { items = package_of name (versions_of name entries), problems = problems_of path name entries }

private let all_found (folder : String) (listed : List Listed) : List (Found Package) =
  match listed
  | [] -> []
  | (name, listing) :: rest -> found_of folder name listing :: all_found folder rest

private let entries_listed (listing : Result (List Entry) Error) : Result (List String) Error =
  match listing
  | Err error -> Err error
  | Ok entries -> Ok (names_of entries)

spec package_read (folder : String) (name : String) (listing : Result (List Entry) Error) =
  read_package folder (ret ()) name runs
    File.list (Path.join folder name) => entries_listed listing
    match listing
    | Err _ ->
    | Ok entries ->
      use read_versions_all (Path.join folder name) name entries
  returns found_of folder name listing

spec packages_read (folder : String) (listed : List Listed) =
  List.map_par (read_package folder (ret ())) (packages_in listed) runs
    match listed
    | [] ->
    | (name, listing) :: rest ->
      join
        use package_read folder name listing
      and
        use packages_read folder rest
  returns all_found folder listed

let found_in (root : String) (listed : List Listed) : Found Package = together (all_found (Path.join root "packages") listed)

spec all_read (root : String) (listed : List Listed) =
  read root (ret ()) runs
    File.list (Path.join root "packages") => Ok (packages_in listed)
    use packages_read (Path.join root "packages") listed
  returns Ok (found_in root listed)
