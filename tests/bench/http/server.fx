// What a JSON API does, by Http.Server: server PORT
import Console
import Error
import Http.Request (Get, Post)
import Http.Server as Server
import Int
import Json
import List
import Option
import Result

let main (arguments : List String) : Unit ! {Console, Server.Web} =
  match List.map Int.parse arguments
  | [Some port] ->
    match! Server.serve "127.0.0.1" port answer
    | Ok () -> ret ()
    | Err error -> Console.error_line (Error.message error)
  | _ -> Console.error_line "usage: server PORT"

let answer (request : Server.Request) : Server.Response ! e =
  match (request.method, request.path)
  | (Get, ["greet", name]) -> ret (Server.json (Json.Object [("message", Json.Text "Hello, \(name)!"), ("length", Json.Int 7)]))
  | (Post, ["greet"]) ->
    match Json.parse request.body |> Result.to_option |> Option.and_then (Json.get "name") |> Option.and_then Json.as_text
    | Some name -> ret (Server.json (Json.Object [("message", Json.Text "Hello, \(name)!"), ("length", Json.Int 7)]))
    | None -> ret (Server.status 400)
  | _ -> ret Server.not_found
