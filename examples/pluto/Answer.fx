/// Answers, and how they are written on the wire. Pure.
import Mime
import Option
import Path
import Request
import String

/// A short text that is at hand, or a file so long that it is sent in pieces.
type Body = Text String | File String Int

type Answer = {
  status : String,  // "200 OK"
  fields : String,  // header fields of this answer alone, each line with its end
  body : Body
}

/// What the connection adds to every answer.
type Frame = { date : String, stays_open : Bool, minor : Int, without_body : Bool }

/// The file at `path`, with its type. Pages change under the same name, so a browser asks again each time; what they refer to may be
/// kept for a week.
let ok (path : String) (body : Body) : Answer =
  let media = Option.with_default "text/plain; charset=utf-8" (Mime.of_extension (Path.extension path))
  let caching = if media == html then "no-cache" else "max-age=604800"
  { status = "200 OK", fields = "Content-Type: \(media)\r\nCache-Control: \(caching)\r\n", body }

private let html = "text/html; charset=utf-8"

let moved_to (place : String) : Answer =
  with_fields "Location: \(place)\r\n" (page "301 Moved Permanently" "This page is at another address.")

let not_found : Answer = page "404 Not Found" "There is no such page here."

let forbidden : Answer = page "403 Forbidden" "This file cannot be read."

let failed : Answer = page "500 Internal Server Error" "The page could not be read."

let bad_target : Answer = page "400 Bad Request" "This is no address of a page."

let method_not_allowed : Answer =
  with_fields "Allow: GET, HEAD\r\n" (page "405 Method Not Allowed" "Pages can only be read here.")

let too_slow : Answer = page "408 Request Timeout" "The request took too long to arrive."

let refusal (refusal : Request.Refusal) : Answer =
  match refusal
  | Request.Malformed -> page "400 Bad Request" "This is no request."
  | Request.TargetTooLong -> page "414 URI Too Long" "The address is too long."
  | Request.HeaderTooLarge -> page "431 Request Header Fields Too Large" "The request's header is too long."
  | Request.NotImplemented -> page "501 Not Implemented" "This server does not know how to do that."
  | Request.VersionNotSupported -> page "505 HTTP Version Not Supported" "This server speaks HTTP/1.1."

private let with_fields (fields : String) (answer : Answer) : Answer = { answer with fields = fields ++ answer.fields }

/// A page of our own: what the status means, in a sentence.
private let page (status : String) (sentence : String) : Answer =
  let body = """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>\(status)</title>
    <style>
      :root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }
      body { max-width: 32rem; margin: 20vh auto; padding: 0 1rem }
    </style>
    <h1>\(status)</h1>
    <p>\(sentence)</p>
    """
  { status, fields = "Content-Type: \(html)\r\nCache-Control: no-cache\r\n", body = Text body }

let length (answer : Answer) : Int =
  match answer.body
  | Text text -> String.length text
  | File _ size -> size

/// The answer as it goes out in one write: its head, and its body when that is a text.
let print (frame : Frame) (answer : Answer) : String =
  let body =
    match answer.body
    | Text text -> if frame.without_body then "" else text
    | File _ _ -> ""
  let connection =
    if not frame.stays_open then "Connection: close\r\n"
    else if frame.minor == 0 then "Connection: keep-alive\r\n"
    else ""
  "HTTP/1.1 \(answer.status)\r\nServer: Pluto\r\nDate: \(frame.date)\r\n\(answer.fields)Content-Length: \(length answer)\r\n\(connection)\r\n\(body)"
