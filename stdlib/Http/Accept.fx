/// What a client takes: lists with weights, as in Accept-Encoding (RFC 9110 12.4.2, 12.5.3).
import Http.Grammar as Grammar
import List
import Option
import String

/// The weight that a list gives a name, in thousandths: 0 is "not this"; `None` where neither the name nor `*` is listed.
///
/// ```fx
/// Accept.weight "gzip" "br;q=0.5, gzip" == Some 1000
/// Accept.weight "br" "br;q=0.5, gzip" == Some 500
/// Accept.weight "zstd" "gzip, *;q=0" == Some 0
/// Accept.weight "zstd" "gzip" == None
/// Accept.weight "gzip" "x-gzip;q=0.5" == Some 500
/// ```
let weight (name : String) (list : String) : Option Int =
  let entries = List.map parse_entry (String.split "," list)
  match find name entries
  | Some weight -> Some weight
  | None -> find "*" entries

private let find (name : String) (entries : List (String, Int)) : Option Int =
  Option.map (fun (_, weight) -> weight) (List.find (fun (other, _) -> String.equal_ignoring_case name other) entries)

private let parse_entry (entry : String) : (String, Int) =
  match List.map String.trim (String.split ";" entry)
  | [] -> ("", 0)
  | name :: parameters -> (usual_name name, Option.with_default 1000 (Option.map parse_weight (List.find is_weight parameters)))

// An older name for the same (RFC 9110 8.4.1.3).
private let usual_name (name : String) : String = if String.equal_ignoring_case name "x-gzip" then "gzip" else name

private let is_weight (parameter : String) : Bool = String.starts_with "q=" parameter || String.starts_with "Q=" parameter

// `0`, `0.5`, `1.000`: at most three digits after the point. What is no weight counts as 0.
private let parse_weight (parameter : String) : Int =
  match String.split "." (String.drop 2 parameter)
  | ["0"] | ["0", ""] -> 0
  | ["1"] | ["1", ""] -> 1000
  | ["0", digits] when String.length digits <= 3 -> Option.with_default 0 (Grammar.parse_digits (String.pad_end 3 "0" digits))
  | ["1", digits] when String.length digits <= 3 && Grammar.parse_digits digits == Some 0 -> 1000
  | _ -> 0

/// The content codings that a client takes of those that a server has, the dearest first, and between equals in the server's order.
///
/// ```fx
/// Accept.codings ["br", "gzip"] "gzip, deflate, br" == ["br", "gzip"]
/// Accept.codings ["br", "gzip"] "gzip;q=0.9, br;q=0.1" == ["gzip", "br"]
/// Accept.codings ["br", "gzip"] "identity;q=1, gzip;q=0.5" == []
/// Accept.codings ["br", "gzip"] "br;q=0" == []
/// ```
let codings (have : List String) (list : String) : List String =
  let plain = Option.with_default 1 (find "identity" (List.map parse_entry (String.split "," list)))
  let dear coding =
    match weight coding list
    | Some weight when weight > 0 && weight >= plain -> Some (-weight, coding)
    | _ -> None
  List.map (fun (_, coding) -> coding) (List.sort_by (fun (weight, _) -> weight) (List.filter_map dear have))
