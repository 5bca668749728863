/// Paths of files, as text: names separated by `/`. Nothing here looks at the disk.

import List
import String

/// Whether it starts at the root.
///
/// ```fx
/// Path.is_absolute "/etc/hosts"
/// Path.is_absolute "etc/hosts" == False
/// ```
let is_absolute (path : String) : Bool = String.starts_with "/" path

/// The second path as seen from the first: an absolute one stands for itself.
///
/// ```fx
/// Path.join "site" "index.html" == "site/index.html"
/// Path.join "site/" "index.html" == "site/index.html"
/// Path.join "site" "/etc" == "/etc"
/// Path.join "" "a" == "a"
/// ```
let join (folder : String) (path : String) : String =
  if folder == "" || is_absolute path then path
  else if path == "" || String.ends_with "/" folder then folder ++ path
  else "\(folder)/\(path)"

/// All parts joined.
///
/// ```fx
/// Path.join_all ["/srv", "site", "index.html"] == "/srv/site/index.html"
/// ```
let join_all (parts : List String) : String = List.fold join "" parts

/// The names in it; an absolute path begins with `/`. Empty names and `.` are left out.
///
/// ```fx
/// Path.split "/srv//site/./index.html" == ["/", "srv", "site", "index.html"]
/// Path.split "a/b/" == ["a", "b"]
/// Path.split "" == []
/// ```
let split (path : String) : List String =
  let names = List.filter (fun name -> name != "" && name != ".") (String.split "/" path)
  if is_absolute path then "/" :: names else names

/// The shortest path that says the same without looking at the disk: without empty names, `.`, and names taken back by `..`.
///
/// ```fx
/// Path.normalise "a//b/./../c/" == "a/c"
/// Path.normalise "../a/../.." == "../.."
/// Path.normalise "/../etc" == "/etc"
/// Path.normalise "a/.." == "."
/// Path.normalise "" == "."
/// ```
let normalise (path : String) : String =
  match List.reverse (List.fold step [] (split path))
  | [] -> "."
  | names -> join_all names

// `kept` are the names so far, the last first.
private let step (kept : List String) (name : String) : List String =
  match (name, kept)
  | ("..", ["/"]) -> kept
  | ("..", above :: rest) when above != ".." -> rest
  | _ -> name :: kept

/// The last name; "" of the root and of the empty path.
///
/// ```fx
/// Path.file_name "/srv/site/index.html" == "index.html"
/// Path.file_name "a/b/" == "b"
/// Path.file_name "/" == ""
/// ```
let file_name (path : String) : String =
  match List.last (split path)
  | None -> ""
  | Some "/" -> ""
  | Some name -> name

/// The path without its last name; `.` of a bare name, `/` of the root.
///
/// ```fx
/// Path.parent "/srv/site/index.html" == "/srv/site"
/// Path.parent "index.html" == "."
/// Path.parent "/" == "/"
/// ```
let parent (path : String) : String =
  match List.reverse (split path)
  | [] -> "."
  | ["/"] -> "/"
  | [_] -> "."
  | _ :: names -> join_all (List.reverse names)

/// What stands after the last dot of the file's name; "" where there is none. A dot in front makes no extension.
///
/// ```fx
/// Path.extension "site/archive.tar.gz" == "gz"
/// Path.extension "some.folder/README" == ""
/// Path.extension ".profile" == ""
/// ```
let extension (path : String) : String =
  let (_, after) = split_name path
  String.drop 1 after

/// The file's name without its extension.
///
/// ```fx
/// Path.stem "site/archive.tar.gz" == "archive.tar"
/// Path.stem ".profile" == ".profile"
/// ```
let stem (path : String) : String =
  let (before, _) = split_name path
  before

/// The path with another extension, or with none when that is "".
///
/// ```fx
/// Path.with_extension "html" "notes/today.md" == "notes/today.html"
/// Path.with_extension "" "notes/today.md" == "notes/today"
/// ```
let with_extension (new : String) (path : String) : String =
  let (_, old) = split_name path
  let bare = String.drop_end (String.length old) (up_to_name path)
  if new == "" then bare else "\(bare).\(new)"

// Without what stands behind the last name and is none.
private let up_to_name (path : String) : String =
  match (String.strip_suffix "/" path, String.strip_suffix "/." path)
  | (Some shorter, _) | (None, Some shorter) when shorter != "" -> up_to_name shorter
  | _ -> path

// The file's name up to its last dot, and from there on.
private let split_name (path : String) : (String, String) =
  let name = file_name path
  match String.last_index_of "." name
  | Some index when index > 0 && name != ".." -> (String.take index name, String.drop index name)
  | _ -> (name, "")

/// How to reach `path` from `folder`, when it is in it or below; both are normalised first.
///
/// ```fx
/// Path.relative_to "/srv/site" "/srv/site/a/b.css" == Some "a/b.css"
/// Path.relative_to "/srv/site" "/srv/site" == Some "."
/// Path.relative_to "/srv/site" "/srv/site/../other" == None
/// ```
let relative_to (folder : String) (path : String) : Option String =
  below (split (normalise folder)) (split (normalise path))

private let below (folder : List String) (path : List String) : Option String =
  match (folder, path)
  | ([], []) -> Some "."
  | ([], ".." :: _) -> None
  | ([], names) -> Some (join_all names)
  | (x :: folder_rest, y :: path_rest) when x == y -> below folder_rest path_rest
  | _ -> None
