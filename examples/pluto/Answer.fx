/// Answers, and how they are written on the wire. Pure.
import Http.Request as Request
import Http.Response as Response
import String
import Tcp

/// What of a file is to be sent, and the state it must be in (see `Site.Page`).
type Source = { key : String, path : String, size : Int, modified : Int, nanosecond : Int }

type Piece =
  | Words String
  | Bytes Int Int   // of the file: from where, and how many

/// A text that is at hand, one that the system has at hand too, with a name that no other has, or pieces of a file so long that it is sent without
/// being read.
type Body = Text String | Held String Tcp.Held | Pieces Source (List Piece)

type Answer = {
  status : Int,
  head : String,    // status line and header fields, but for those that the connection adds
  length : Int,     // of the body
  body : Body
}

/// An answer with this body; each field is a line with its end.
let make (status : Int) (fields : String) (length : Int) (body : Body) : Answer =
  { status, head = "HTTP/1.1 \(status) \(Response.reason status)\r\n\(fields)Content-Length: \(length)\r\n", length, body }

let of_text (status : Int) (fields : String) (text : String) : Answer = make status fields (String.length text) (Text text)

let healthy : Answer = of_text 200 "Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n" "ok\n"

/// An answer that never has a body (RFC 9110 15.4.5).
let not_modified (fields : String) : Answer = { status = 304, head = "HTTP/1.1 304 Not Modified\r\n\(fields)", length = 0, body = Text "" }

let html = "text/html; charset=utf-8"

let no_sniffing = "X-Content-Type-Options: nosniff\r\n"

/// Fields of a page that is made for each request.
let page_fields = "Content-Type: \(html)\r\nCache-Control: no-cache\r\n\(no_sniffing)"

let moved_to (place : String) : Answer =
  of_text 301 "Location: \(place)\r\n\(page_fields)" (error_page 301 "This page is at another address.")

/// The methods that this server knows.
let allow = "Allow: GET, HEAD, OPTIONS\r\n"

let options : Answer = of_text 200 allow ""

let method_not_allowed : Answer = of_text 405 "\(allow)\(page_fields)" (error_page 405 "Pages can only be read here.")

let not_satisfiable (size : Int) : Answer =
  of_text 416 "Content-Range: bytes */\(size)\r\n\(page_fields)" (error_page 416 "The file has no such part.")

/// A page of our own that says what went wrong.
let failure (status : Int) : Answer = if status == 404 then not_found else failed status

private let failed (status : Int) : Answer = of_text status page_fields (error_page status (sentence status))

// The one that is asked for most.
private let not_found = failed 404

let refusal (refusal : Request.Refusal) : Answer = failure (Request.status refusal)

private let sentence (status : Int) : String =
  match status
  | 400 -> "This is no request."
  | 403 -> "This file cannot be read."
  | 404 -> "There is no such page here."
  | 408 -> "The request took too long to arrive."
  | 412 -> "The page is not as the request wants it."
  | 413 -> "The request's body is too long."
  | 414 -> "The address is too long."
  | 431 -> "The request's header is too long."
  | 501 -> "This server does not know how to do that."
  | 503 -> "This cannot be answered at the moment."
  | 505 -> "This server speaks HTTP/1.1."
  | _ -> "The page could not be read."

private let error_page (status : Int) (sentence : String) : String = """
  <!doctype html>
  <html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>\(status) \(Response.reason status)</title>
  <style>
    :root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }
    body { max-width: 32rem; margin: 20vh auto; padding: 0 1rem }
  </style>
  <h1>\(status) \(Response.reason status)</h1>
  <p>\(sentence)</p>
  """

/// What the connection adds to every answer: Server and Date as lines, and whether it stays open for a client of HTTP/1.minor.
type Frame = { stamp : String, stays_open : Bool, minor : Int, without_body : Bool }

/// The answer as it goes out in one write: its head, and its body when that is a plain text.
let print (frame : Frame) (answer : Answer) : List String =
  let connection =
    if not frame.stays_open then "Connection: close\r\n\r\n"
    else if frame.minor == 0 then "Connection: keep-alive\r\n\r\n"
    else "\r\n"
  match answer.body
  | Text text when not frame.without_body -> [answer.head, frame.stamp, connection, text]
  | _ -> [answer.head, frame.stamp, connection]
