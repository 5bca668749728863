/// The time as text, written once a second. Shared by all connections.
import String
import Time

type Written = {
  second : Int,
  stamp : String,    // the fields that every answer has: Server and Date
  log_date : String  // as the access log's combined format writes it: 06/Nov/1994:08:49:37 +0000
}

cell Clock : Written = { second = -1, stamp = "", log_date = "" }

let read : Written ! {Clock, Time} =
  let! now = Time.get
  let! written = Clock.get
  if written.second == now then ret written
  else
    let date = Time.rfc1123 now
    let fresh = { second = now, stamp = "Server: Pluto\r\nDate: \(date)\r\n", log_date = for_log date }
    do! Clock.set fresh
    ret fresh

private let for_log (date : String) : String =
  match String.words date
  | [_, day, month, year, clock, _] -> "\(day)/\(month)/\(year):\(clock) +0000"
  | _ -> date

test "a date for the log" = for_log "Sun, 06 Nov 1994 08:49:37 GMT" == "06/Nov/1994:08:49:37 +0000"
