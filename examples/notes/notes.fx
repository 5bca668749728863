import Console
import Error
import Http.Request (Delete, Get, Post)
import Http.Server as Server
import Int
import Json
import List
import Map
import Option
import Result
import Signal
import Tcp

let main (arguments : List String) : Int ! {Console, Notes, Server.Web, Signal} =
  match List.map Int.parse arguments
  | [Some port] when port >= 0 && port <= 65_535 -> serve port
  | _ ->
    do! Console.error_line "usage: notes PORT"
    ret 2

let serve (port : Int) : Int ! {Console, Notes, Server.Web, Signal} =
  match! Tcp.listen "127.0.0.1" port
  | Err error ->
    do! Console.error_line "notes: port \(port): \(Error.message error)"
    ret 1
  | Ok listener ->
    do! Console.print_line "Notes at http://127.0.0.1:\(Tcp.port listener)/notes"
    do! Server.serve_until told_to_stop Server.usual_limits listener answer
    ret 0

let told_to_stop : Unit ! {Signal | e} =
  let! _ = first (Signal.wait Signal.Interrupt) (Signal.wait Signal.Terminate)
  ret ()

// ---- requests ----

let answer (request : Server.Request) : Server.Response ! {Notes | e} =
  match (request.path, request.method)
  | (["notes"], Get) ->
    let! { notes } = Notes.get
    ret (Server.json (Json.Array (List.map to_json (Map.to_list notes))))
  | (["notes"], Post) ->
    match read_note request.body
    | None -> ret no_note
    | Some text ->
      let! number = add text
      ret ({ Server.json (to_json (number, text)) with status = 201 } |> Server.with_field "Location" "/notes/\(number)")
  | (["notes"], _) -> ret (only "GET, POST")
  | (["notes", name], _) ->
    match Int.parse name
    | Some number -> answer_one number request
    | None -> ret Server.not_found
  | _ -> ret Server.not_found

let answer_one (number : Int) (request : Server.Request) : Server.Response ! {Notes | e} =
  match! find number
  | None -> ret Server.not_found
  | Some text ->
    match request.method
    | Get -> ret (Server.json (to_json (number, text)))
    | Delete ->
      do! remove number
      ret (Server.status 204)
    | _ -> ret (only "GET, DELETE")

let no_note : Server.Response = { Server.text "A note is {\"text\": \"...\"}.\n" with status = 400 }

let only (methods : String) : Server.Response = Server.status 405 |> Server.with_field "Allow" methods

let to_json ((number, text) : (Int, String)) : Json = Json.Object [("number", Json.Int number), ("text", Json.Text text)]

/// ```fx
/// read_note "{\"text\": \"milk\"}" == Some "milk"
/// read_note "milk" == None
/// ```
let read_note (body : String) : Option String =
  Json.parse body |> Result.to_option |> Option.and_then (Json.get "text") |> Option.and_then Json.as_text

// ---- notes ----

/// By their numbers, and the number of the next.
type Notebook = { notes : Map Int String, next : Int }

cell Notes : Notebook = { notes = Map.empty, next = 1 }

/// Answers the note's number.
let add (text : String) : Int ! {Notes | e} =
  let! { notes, next } = Notes.get
  do! Notes.set { notes = Map.insert next text notes, next = next + 1 }
  ret next

let find (number : Int) : Option String ! {Notes | e} =
  let! { notes } = Notes.get
  ret (Map.get number notes)

let remove (number : Int) : Unit ! {Notes | e} = Notes.update (fun book -> { book with notes = Map.remove number book.notes })

// ---- specs ----

let add_and (use : Int -> Unit ! {Notes}) (text : String) : Option String ! {Notes} =
  let! number = add text
  do! use number
  find number

spec added_is_found (text : String) =
  add_and (fun _ -> ret ()) text runs
  returns Some text

spec removed_is_gone (text : String) =
  add_and remove text runs
  returns None

let add_both (one : String) (other : String) : List (Int, String) ! {Notes} =
  let! _ = join (add one) (add other)
  let! { notes } = Notes.get
  ret (Map.to_list notes)

/// None is lost when two come at once.
spec both_are_kept (one : String) (other : String) =
  add_both one other runs
  returns [(1, one), (2, other)]

spec nothing_at_first =
  answer { Server.blank with path = ["notes"] } runs
  returns Server.json (Json.Array [])

spec no_such_note =
  answer { Server.blank with path = ["notes", "1"], method = Delete } runs
  returns Server.not_found

spec no_such_method =
  answer { Server.blank with path = ["notes"], method = Delete } runs
  returns only "GET, POST"

spec not_a_note =
  answer { Server.blank with path = ["notes"], method = Post, body = "[\"milk\"]" } runs
  returns no_note
