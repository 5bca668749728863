/// The body of a request as it comes in, with its length known or in chunks (RFC 9112 6 and 7). Pure: the caller reads, this module says what
/// of the bytes is the body and where it ends.
import Http.Grammar as Grammar
import Http.Request as Request
import String

/// Where in the body the next byte stands.
type Progress =
  | Rest Int      // so many bytes are to come
  | ChunkSize     // a line with a chunk's size comes next
  | InChunk Int   // so many bytes of a chunk are to come
  | ChunkEnd      // the line end after a chunk
  | Trailer Int   // fields after the last chunk, of which so many bytes have come

/// What comes next in the text of a body.
type Event =
  | Data Int Int Progress   // the bytes from here to there belong to the body; ask again at the second
  | NeedMore Int Progress   // the text says no more: keep its bytes from here, put what comes behind them, and ask again at its start
  | End Int                 // the body has ended, and what begins here is not part of it
  | Malformed               // the chunks are wrong: nobody can tell where the body ends

/// A request's body, of which nothing has been read.
///
/// ```fx
/// Body.start (Request.Length 3) == Body.Rest 3
/// ```
let start (body : Request.Body) : Progress =
  match body
  | Request.NoBody -> Rest 0
  | Request.Length length -> Rest length
  | Request.Chunked -> ChunkSize

/// What the text says from a position on.
///
/// ```fx
/// Body.next (Body.Rest 3) "abcGET" 0 == Body.Data 0 3 (Body.Rest 0)
/// Body.next (Body.Rest 0) "abcGET" 3 == Body.End 3
/// Body.next Body.ChunkSize "1f;name=value\r\n" 0 == Body.NeedMore 15 (Body.InChunk 31)
/// Body.next Body.ChunkSize "0\r\n\r\nGET" 0 == Body.End 5
/// Body.next Body.ChunkSize "0x5\r\n" 0 == Body.Malformed
/// ```
let next (progress : Progress) (text : String) (at : Int) : Event =
  match progress
  | Rest 0 -> End at
  | Rest left -> take_data left at text (fun left -> Rest left)
  | InChunk 0 -> next ChunkEnd text at
  | InChunk left -> take_data left at text (fun left -> InChunk left)
  | ChunkEnd ->
    match line_end text at
    | NoLine -> if String.length text - at > 1 then Malformed else NeedMore at progress
    | Line end after when end == at -> next ChunkSize text after
    | _ -> Malformed
  | ChunkSize ->
    match line_end text at
    | NoLine -> if String.length text - at > longest_size_line + 1 then Malformed else NeedMore at progress
    | BadLine -> Malformed
    | Line end after -> take_size text at end after
  | Trailer length ->
    match line_end text at
    | NoLine -> if String.length text - at + length > longest_trailer then Malformed else NeedMore at progress
    | BadLine -> Malformed
    | Line end after ->
      if end == at then End after
      else if after - at + length > longest_trailer || not (is_field text at end) then Malformed
      else next (Trailer (length + after - at)) text after

private let take_data (left : Int) (at : Int) (text : String) (going_on : Int -> Progress) : Event =
  let here = String.length text - at
  if here <= 0 then NeedMore at (going_on left)
  else if here < left then Data at (at + here) (going_on (left - here))
  else Data at (at + left) (going_on 0)

// With its extensions.
private let longest_size_line = 1024

private let longest_trailer = 8192

// Where a line ends, and where the next begins; a line feed must have a carriage return before it.
opaque type Line = NoLine | BadLine | Line Int Int

private let line_end (text : String) (at : Int) : Line =
  match String.index_of_from at "\n" text
  | None -> NoLine
  | Some end -> if end > at && String.byte_or_minus (end - 1) text == 13 then Line (end - 1) (end + 1) else BadLine

// `1f` or `1f;name=value` (RFC 9112 7.1). Fifteen digits, zeros in front not counted, are more than anyone sends and fit an Int.
private let take_size (text : String) (at : Int) (end : Int) (after : Int) : Event =
  let digits_end = Grammar.skip_hex text at end
  let extension = Grammar.skip_blank text digits_end end
  if digits_end == at || digits_end - Grammar.skip_zeros text at digits_end > 15 || end - at > longest_size_line then Malformed
  else if digits_end != end && (String.byte_or_minus extension text != 59 || Grammar.skip_value text extension end != end) then Malformed
  else
    match hex text at digits_end 0
    | 0 -> next (Trailer 0) text after
    | size -> next (InChunk size) text after

private let hex (text : String) (at : Int) (end : Int) (so_far : Int) : Int =
  if at == end then so_far else hex text (at + 1) end (so_far * 16 + Grammar.hex_value (String.byte_or_minus at text))

private let is_field (text : String) (at : Int) (end : Int) : Bool =
  let colon = Grammar.skip_token text at end
  colon > at && colon < end && String.byte_or_minus colon text == 58 && Grammar.skip_value text (colon + 1) end == end
