/// Values as text for people: laid out over lines, in columns, and in units.

import Float
import Int
import List
import String

/// What `show` says, over several lines where one of `width` bytes is not enough.
///
/// ```fx
/// Show.pretty 80 [1, 2, 3] == "[1, 2, 3]"
/// Show.pretty 20 [("first", 1), ("second", 2)] == "[\n  (\"first\", 1),\n  (\"second\", 2)\n]"
/// ```
let pretty (width : Int) (value : a) : String =
  let text = show value
  let (layouts, _) = read_layouts [] text 0
  String.concat (List.reverse (write_all width 0 [] layouts))

// Text as it stands, or items between brackets; each item is again such a sequence. The blanks inside `{ }` are left out.
opaque type Layout =
  | Plain String
  | Group String (List (List Layout)) String

// Up to a comma, a closing bracket, or the end, which is not read.
private let read_layouts (done : List Layout) (text : String) (at : Int) : (List Layout, Int) =
  match String.byte_or_minus at text
  | -1 | 41 | 93 | 125 | 44 -> (List.reverse done, at)
  | 40 | 91 | 123 ->
    let (items, stop) = read_items [] text (skip_blank text (at + 1))
    let group = Group (String.slice at (at + 1) text) items (String.slice stop (stop + 1) text)
    read_layouts (group :: done) text (stop + 1)
  | _ ->
    let stop = plain_end text at
    let piece = String.slice at stop text
    read_layouts (Plain (if String.byte_or_minus stop text == 125 then String.trim_end piece else piece) :: done) text stop

private let read_items (done : List (List Layout)) (text : String) (at : Int) : (List (List Layout), Int) =
  let (item, stop) = read_layouts [] text at
  if String.byte_or_minus stop text == 44 then read_items (item :: done) text (skip_blank text (stop + 1))
  else if item == [] && done == [] then ([], stop)
  else (List.reverse (item :: done), stop)

private let skip_blank (text : String) (at : Int) : Int = if String.byte_or_minus at text == 32 then at + 1 else at

private let plain_end (text : String) (at : Int) : Int =
  match String.byte_or_minus at text
  | -1 | 40 | 41 | 44 | 91 | 93 | 123 | 125 -> at
  | 34 -> plain_end text (quoted_end 34 text (at + 1))
  | 39 -> plain_end text (quoted_end 39 text (at + 1))
  | _ -> plain_end text (at + 1)

private let quoted_end (quote : Int) (text : String) (at : Int) : Int =
  let byte = String.byte_or_minus at text
  if byte < 0 then at
  else if byte == quote then at + 1
  else quoted_end quote text (if byte == 92 then at + 2 else at + 1)

private let flat_length (layouts : List Layout) : Int = List.fold (fun total layout -> total + flat_size layout) 0 layouts

private let flat_size (layout : Layout) : Int =
  match layout
  | Plain text -> String.length text
  | Group _ [] _ -> 2
  | Group _ items _ -> List.fold (fun total item -> total + 2 + flat_length item) 0 items

// Pieces of text, the first last; `room` is what is left on the lines of this depth.
private let write_all (room : Int) (depth : Int) (done : List String) (layouts : List Layout) : List String =
  let fits = flat_length layouts <= room
  List.fold (fun pieces layout -> write_one fits room depth pieces layout) done layouts

private let write_one (fits : Bool) (room : Int) (depth : Int) (done : List String) (layout : Layout) : List String =
  match layout
  | Plain text -> text :: done
  | Group opening [] closing -> closing :: opening :: done
  | Group opening items closing ->
    let blank = if opening == "{" then " " else ""
    if fits then closing :: blank :: write_items ", " True room depth (blank :: opening :: done) items
    else
      let line = "\n" ++ String.repeat depth " "
      closing :: line :: write_items ",\(line)  " False (room - 2) (depth + 2) ("\(line)  " :: opening :: done) items

private let write_items separator flat room depth (done : List String) (items : List (List Layout)) : List String =
  match items
  | [] -> done
  | item :: rest ->
    let fits_anyway = if flat then flat_length item else room
    let written = write_all fits_anyway depth done item
    write_items separator flat room depth (if rest == [] then written else separator :: written) rest

/// Rows in columns, each as wide as its widest entry, two blanks between; blanks at the ends of lines are left out.
///
/// ```fx
/// Show.table [["name", "size"], ["a.txt", "12"]] == "name   size\na.txt  12\n"
/// ```
let table (rows : List (List String)) : String =
  let widths = List.fold widen [] rows
  String.concat (List.map (fun row -> String.trim_end (write_row widths row) ++ "\n") rows)

private let widen (widths : List Int) (row : List String) : List Int =
  match (widths, row)
  | (_, []) -> widths
  | ([], entries) -> List.map width_of entries
  | (width :: more, entry :: entries) -> Int.max width (width_of entry) :: widen more entries

// In characters.
private let width_of (entry : String) : Int = List.length (String.chars entry)

private let write_row (widths : List Int) (row : List String) : String =
  String.join "  " (List.zip_with (fun width entry -> entry ++ String.repeat (width - width_of entry) " ") widths row)

/// An Int with a separator between every three digits.
///
/// ```fx
/// Show.grouped "," 1234567 == "1,234,567"
/// Show.grouped "," (-999) == "-999"
/// ```
let grouped (separator : String) (n : Int) : String =
  let text = Int.to_string n
  match String.strip_prefix "-" text
  | Some digits -> "-" ++ group_digits separator digits
  | None -> group_digits separator text

private let group_digits (separator : String) (digits : String) : String =
  if String.length digits <= 3 then digits
  else group_digits separator (String.drop_end 3 digits) ++ separator ++ String.take_end 3 digits

/// A number of bytes, in the largest unit that it fills.
///
/// ```fx
/// Show.size 512 == "512 B"
/// Show.size 1536 == "1.5 KiB"
/// ```
let size (bytes : Int) : String =
  if bytes > -1024 && bytes < 1024 then "\(bytes) B" else size_in ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] (Float.of_int bytes / 1024.0)

private let size_in (units : List String) (amount : Float) : String =
  match units
  | _ :: (_ :: _ as larger) when Float.abs amount >= 1023.95 -> // which would be written as 1024.0
    size_in larger (amount / 1024.0)
  | unit :: _ -> "\(Float.format 1 amount) \(unit)"
  | [] -> Float.to_string amount

/// A number of milliseconds, in units that suit it.
///
/// ```fx
/// Show.duration 250 == "250 ms"
/// Show.duration 1500 == "1.5 s"
/// Show.duration 61000 == "1 min 1 s"
/// Show.duration 3660000 == "1 h 1 min"
/// ```
let duration (milliseconds : Int) : String =
  if milliseconds < 1000 then "\(milliseconds) ms"
  else if milliseconds < 60000 then "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
  else if milliseconds < 3600000 then "\(milliseconds / 60000) min \(milliseconds % 60000 / 1000) s"
  else "\(milliseconds / 3600000) h \(milliseconds % 3600000 / 60000) min"
