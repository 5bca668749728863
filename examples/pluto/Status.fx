/// Pages about the server itself, on an address of their own: `/status` for people, `/metrics` for Prometheus.
import Answer
import Clock
import Figures
import Http.Request as Request
import Http.Target as Target
import List
import String
import Tcp
import Time

/// Answers one request and closes. `count` tells the figures, of all workers together.
let serve (count : Figures.Counts ! {Clock.Clock, Tcp, Time | e}) (socket : Tcp.Socket) (_ : String) : Unit ! {Clock.Clock, Tcp, Time | e} =
  let! _ = first (read socket (Request.start 0) "" count) (Time.sleep 5000)
  ret ()

private let read (socket : Tcp.Socket) (progress : Request.Progress) (text : String) (count : Figures.Counts ! {Clock.Clock, Tcp, Time | e})
    : Unit ! {Clock.Clock, Tcp, Time | e} =
  match! Tcp.read socket
  | Err _ | Ok "" -> ret ()
  | Ok more ->
    let text = text ++ more
    match Request.parse Request.usual_limits progress text
    | Request.Incomplete further -> read socket further text count
    | Request.Refused refusal -> write socket False (Answer.refusal refusal)
    | Request.Complete request _ ->
      let! counts = count
      let! now = Time.get
      write socket (request.method == Request.Head) (answer request counts now)

private let write (socket : Tcp.Socket) (without_body : Bool) (answer : Answer.Answer) : Unit ! {Clock.Clock, Tcp, Time | e} =
  let! clock = Clock.read
  let! _ = Tcp.write_all_of socket (Answer.print { stamp = clock.stamp, stays_open = False, minor = 1, without_body } answer)
  let! _ = Tcp.shutdown socket
  let! _ = Tcp.read socket
  ret ()

private let answer (request : Request.Request) (counts : Figures.Counts) (now : Int) : Answer.Answer =
  match (request.method, Target.path request.target)
  | (Request.Get, "/status") | (Request.Head, "/status") -> Answer.of_text 200 Answer.page_fields (page counts now)
  | (Request.Get, "/metrics") | (Request.Head, "/metrics") ->
    Answer.of_text 200 "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\nCache-Control: no-store\r\n" (metrics counts)
  | (Request.Get, _) | (Request.Head, _) -> Answer.failure 404
  | _ -> Answer.method_not_allowed

// ---- for people ----

private let page (counts : Figures.Counts) (now : Int) : String =
  let row (name, value) = "<tr><th>\(name)<td>\(value)\n"
  let rows = String.concat (List.map row [
    ("Up for", duration (now - counts.started)),
    ("Connections", "\(counts.open)"),
    ("Connections ever", "\(counts.accepted)"),
    ("Answers", "\(counts.answers)"),
    ("... 2xx", "\(counts.good)"),
    ("... 3xx", "\(counts.elsewhere)"),
    ("... 4xx", "\(counts.refused)"),
    ("... 5xx", "\(counts.failed)"),
    ("Bytes of bodies", "\(counts.bytes)"),
    ("Workers", "\(counts.workers)")
  ])
  """
  <!doctype html>
  <html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <meta http-equiv="refresh" content="5">
  <title>Pluto</title>
  <style>
    :root { color-scheme: light dark; font: 1.1rem/1.6 system-ui, sans-serif }
    body { max-width: 30rem; margin: 3rem auto; padding: 0 1rem }
    th { text-align: left; font-weight: 400; padding-right: 2rem }
    td { text-align: right; font-variant-numeric: tabular-nums }
  </style>
  <h1>Pluto</h1>
  <table>
  \(rows)</table>
  """

private let duration (seconds : Int) : String =
  if seconds < 60 then "\(seconds) s"
  else if seconds < 3600 then "\(seconds / 60) min \(seconds % 60) s"
  else if seconds < 86_400 then "\(seconds / 3600) h \(seconds / 60 % 60) min"
  else "\(seconds / 86_400) d \(seconds / 3600 % 24) h"

// ---- for Prometheus ----

private let metrics (counts : Figures.Counts) : String =
  String.concat [
    metric "pluto_start_time_seconds" "gauge" "When the server was started." [("", counts.started)],
    metric "pluto_workers" "gauge" "Processes that serve." [("", counts.workers)],
    metric "pluto_connections" "gauge" "Connections that are open." [("", counts.open)],
    metric "pluto_connections_total" "counter" "Connections that were accepted." [("", counts.accepted)],
    metric "pluto_sent_bytes_total" "counter" "Bytes of bodies that were sent." [("", counts.bytes)],
    metric "pluto_answers_total" "counter" "Answers by the class of their status."
      [("{class=\"2xx\"}", counts.good), ("{class=\"3xx\"}", counts.elsewhere), ("{class=\"4xx\"}", counts.refused), ("{class=\"5xx\"}", counts.failed)]
  ]

private let metric (name : String) (kind : String) (help : String) (values : List (String, Int)) : String =
  let lines = List.map (fun (labels, value) -> "\(name)\(labels) \(value)\n") values
  "# HELP \(name) \(help)\n# TYPE \(name) \(kind)\n\(String.concat lines)"
