/// Parts of a file (RFC 9110 14): what a Range field asks for, and what there is to give.
import Http.Grammar as Grammar
import Int
import List
import Option
import String

/// The bytes from `first` to `last`, both included, from 0.
type Part = { first : Int, last : Int }

/// What a range field asks for.
type Selection =
  | Whole             // no range, or none that this server answers
  | Parts (List Part) // at least one, each of which lies inside
  | NotSatisfiable    // all lie outside

/// How many parts a request may ask for; more than these, or such that overlap, are the mark of an attack (RFC 9110 17.15), and get the whole.
let most_parts = 16

/// What a field's value selects from `size` bytes. A value that is not understood selects the whole (RFC 9110 14.2).
///
/// ```fx
/// Range.select "bytes=0-4" 10 == Range.Parts [{ first = 0, last = 4 }]
/// Range.select "bytes=-3" 10 == Range.Parts [{ first = 7, last = 9 }]
/// Range.select "bytes=2-, 0-0" 10 == Range.Parts [{ first = 2, last = 9 }, { first = 0, last = 0 }]
/// Range.select "bytes=10-" 10 == Range.NotSatisfiable
/// Range.select "bytes=5-99999999999999999999" 10 == Range.Parts [{ first = 5, last = 9 }]
/// Range.select "bytes=4-2" 10 == Range.Whole
/// Range.select "lines=1-2" 10 == Range.Whole
/// ```
let select (value : String) (size : Int) : Selection =
  match String.split_once "=" value
  | Some (unit, set) when String.equal_ignoring_case unit "bytes" -> select_parts (List.map String.trim (String.split "," set)) size
  | _ -> Whole

private let select_parts (list : List String) (size : Int) : Selection =
  match Option.all (List.map (parse_one size) (List.filter (fun one -> one != "") list))
  | None | Some [] -> Whole
  | Some found ->
    match List.filter_map (fun part -> part) found
    | [] -> NotSatisfiable
    | parts -> if List.length parts > most_parts || overlap (List.sort parts) then Whole else Parts parts

// None: no range at all. Some None: a range that lies outside.
private let parse_one (size : Int) (one : String) : Option (Option Part) =
  match String.split_once "-" one
  | None -> None
  | Some ("", suffix) ->
    match parse_position suffix
    | None -> None
    | Some count -> if count == 0 || size == 0 then Some None else Some (Some { first = if count > size then 0 else size - count, last = size - 1 })
  | Some (first, last) ->
    match (parse_position first, last, parse_position last)
    | (Some first, "", _) -> Some (within size first (size - 1))
    | (Some first, _, Some last) -> if last < first then None else Some (within size first (if last < size then last else size - 1))
    | _ -> None

// A number that fits no Int lies beyond every file.
private let parse_position (digits : String) : Option Int =
  let length = String.length digits
  match Grammar.parse_digits digits
  | None when length > 0 && Grammar.skip_digits digits 0 length == length -> Some Int.max_value
  | position -> position

private let within (size : Int) (first : Int) (last : Int) : Option Part = if first >= size then None else Some { first, last }

private let overlap (parts : List Part) : Bool =
  match parts
  | one :: two :: rest -> two.first <= one.last || overlap (two :: rest)
  | _ -> False

/// How many bytes a part has.
///
/// ```fx
/// Range.length { first = 2, last = 4 } == 3
/// ```
let length (part : Part) : Int = part.last - part.first + 1

/// The value of Content-Range for a part of `size` bytes.
///
/// ```fx
/// Range.content_range { first = 2, last = 4 } 10 == "bytes 2-4/10"
/// ```
let content_range (part : Part) (size : Int) : String = "bytes \(part.first)-\(part.last)/\(size)"
