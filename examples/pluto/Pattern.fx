/// Patterns of paths: `*` stands for any run of characters within a name, `**` also across slashes. A pattern without a slash is about the
/// file's name, wherever it is; one with a slash about the whole path. Pure.
import Path
import String

/// Whether the path of a file, seen from the site's folder, fits the pattern.
let fits (path : String) (pattern : String) : Bool =
  if String.contains "/" pattern then fits_from 0 path 0 (String.drop (if String.starts_with "/" pattern then 1 else 0) pattern)
  else fits_from 0 (Path.file_name path) 0 pattern

private let fits_from (at : Int) (path : String) (index : Int) (pattern : String) : Bool =
  match String.byte_or_minus index pattern
  | -1 -> at == String.length path
  | 42 ->
    if String.byte_or_minus (index + 1) pattern == 42 then fits_later True at path (index + 2) pattern
    else fits_later False at path (index + 1) pattern
  | byte -> String.byte_or_minus at path == byte && fits_from (at + 1) path (index + 1) pattern

// Whether the rest of the pattern fits at this place or at one further on.
private let fits_later (across : Bool) (at : Int) (path : String) (index : Int) (pattern : String) : Bool =
  fits_from at path index pattern ||
    at < String.length path && (across || String.byte_or_minus at path != 47) && fits_later across (at + 1) path index pattern

test "a name" = fits "a/style.css" "*.css" && not (fits "a/style.css" "*.js") && fits "README" "README"
test "a whole path" = fits "assets/js/app.js" "/assets/**" && not (fits "assets/js/app.js" "/assets/*") && fits "a/b.js" "a/*.js"
