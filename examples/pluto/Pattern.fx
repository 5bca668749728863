/// Patterns of paths: `*` stands for any run of characters within a name, `**` also across slashes. A pattern without a slash is about the
/// file's name, wherever it is; one with a slash about the whole path. Pure.
import List
import Path
import String

/// Whether the path of a file, seen from the site's folder, fits the pattern.
let fits (path : String) (pattern : String) : Bool =
  let text = if String.contains "/" pattern then path else Path.file_name path
  let whole = if String.starts_with "/" pattern then String.drop 1 pattern else pattern
  List.contains (String.length whole) (List.fold (step whole) (places_from whole 0) (String.bytes text))

// All places of the pattern at which the text read so far may have arrived are followed together: no pattern takes long, however many stars it has.
private let step (pattern : String) (places : List Int) (byte : Int) : List Int = List.unique (List.concat_map (places_after pattern byte) places)

private let places_after (pattern : String) (byte : Int) (place : Int) : List Int =
  match star_at pattern place
  | NoStar -> if String.byte_or_minus place pattern == byte then places_from pattern (place + 1) else []
  | Star -> if byte == 47 then [] else places_from pattern place
  | TwoStars -> places_from pattern place

// A star may stand for nothing.
private let places_from (pattern : String) (place : Int) : List Int =
  match star_at pattern place
  | NoStar -> [place]
  | Star -> place :: places_from pattern (place + 1)
  | TwoStars -> place :: places_from pattern (place + 2)

opaque type Wildcard = NoStar | Star | TwoStars

private let star_at (pattern : String) (place : Int) : Wildcard =
  if String.byte_or_minus place pattern != 42 then NoStar
  else if String.byte_or_minus (place + 1) pattern == 42 then TwoStars
  else Star

test "a name" = fits "a/style.css" "*.css" && not (fits "a/style.css" "*.js") && fits "README" "README"
test "a whole path" = fits "assets/js/app.js" "/assets/**" && not (fits "assets/js/app.js" "/assets/*") && fits "a/b.js" "a/*.js"
test "stars stand for nothing, too" = fits "a.css" "**a*.css*" && fits "a/b" "**/b" && not (fits "b" "**/b") && fits "***" "***"
test "many stars" = not (fits (String.repeat 200 "a") "**a**a**a**a**a**a**a**b")
