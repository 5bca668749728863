/// Requests with a condition (RFC 9110 13): "only if it has changed", "only if it is still the same".
import Http.Date as Date
import Http.Request as Request
import List
import Option
import String

/// What tells one state of a resource from another (RFC 9110 8.8).
type Validators = {
  tag : String,     // with its quotes, `W/` in front when it is weak
  modified : Int    // in seconds since 1970
}

/// Whether to answer as usual, with 304 or with 412.
type Outcome = Proceed | NotModified | Failed

/// What the conditions of a request come to, in the order of RFC 9110 13.2.2. `None`: the resource is not there. `now` is in seconds.
let check (request : Request.Request) (now : Int) (validators : Option Validators) : Outcome =
  if not request.selects then Proceed
  else
    let value name = Request.field name request
    if not (match_holds validators (value "If-Match") && unmodified_holds now validators (value "If-Match") (value "If-Unmodified-Since")) then Failed
    else
      match value "If-None-Match"
      | Some tags -> if not (List.any (fun tag -> is_same_weakly tag validators) (split_tags tags)) then Proceed else unchanged request
      | None ->
        match (value "If-Modified-Since", validators)
        | (Some since, Some { modified }) ->
          match Date.parse now since
          | Some time when modified <= time && reads request -> NotModified
          | _ -> Proceed
        | _ -> Proceed

private let reads (request : Request.Request) : Bool = request.method == Request.Get || request.method == Request.Head

private let unchanged (request : Request.Request) : Outcome = if reads request then NotModified else Failed

private let match_holds (validators : Option Validators) (tags : Option String) : Bool =
  match tags
  | None -> True
  | Some tags -> List.any (fun tag -> is_same_strongly tag validators) (split_tags tags)

private let unmodified_holds (now : Int) (validators : Option Validators) (tags : Option String) (since : Option String) : Bool =
  match (tags, since, validators)
  | (None, Some since, Some { modified }) ->
    match Date.parse now since
    | Some time -> modified <= time
    | None -> True
  | _ -> True

/// Whether a part of the resource may be sent: If-Range is not there, or names the very state that would be sent (RFC 9110 13.1.5).
///
/// A date names it only when it is exactly that of the last change, and that is at least a second ago: within a second a file can change twice.
let range_holds (request : Request.Request) (now : Int) (validators : Validators) : Bool =
  match Request.field "If-Range" request
  | None -> True
  | Some value ->
    if String.ends_with "\"" value then is_same_strongly value (Some validators)
    else Date.parse now value == Some validators.modified && validators.modified < now

// `*` stands for whatever is there.
private let is_same_weakly (tag : String) (validators : Option Validators) : Bool =
  match validators
  | None -> False
  | Some own -> tag == "*" || opaque_part tag == opaque_part own.tag

private let is_same_strongly (tag : String) (validators : Option Validators) : Bool =
  match validators
  | None -> False
  | Some own -> tag == "*" || tag == own.tag && not (String.starts_with "W/" tag)

private let opaque_part (tag : String) : String = Option.with_default tag (String.strip_prefix "W/" tag)

/// The tags of a list, each with its quotes and its `W/`; what is none is left out. A comma may stand within the quotes.
///
/// ```fx
/// Conditional.split_tags "\"a\", W/\"b,c\" ,\"d" == ["\"a\"", "W/\"b,c\""]
/// Conditional.split_tags "w/\"a\", x\"b\"" == []
/// Conditional.split_tags "*" == ["*"]
/// ```
let split_tags (list : String) : List String = if String.trim list == "*" then ["*"] else List.reverse (tags_from 0 list [])

private let tags_from (at : Int) (list : String) (done : List String) : List String =
  match String.index_of_from at "\"" list
  | None -> done
  | Some open ->
    match String.index_of_from (open + 1) "\"" list
    | None -> done
    | Some close ->
      let start = if open >= at + 2 && String.slice (open - 2) open list == "W/" then open - 2 else open
      tags_from (close + 1) list (if begins_at start list then String.slice start (close + 1) list :: done else done)

// Before a tag there is the start of the list, a comma or a blank.
private let begins_at (start : Int) (list : String) : Bool =
  match String.byte_or_minus (start - 1) list
  | -1 | 44 | 32 | 9 -> True
  | _ -> False
