/// What Pluto says of its work, on standard error.
import Answer
import Log
import Request

let started (folder : String) (port : Int) (date : String) : Unit ! {Log} =
  Log.info "Pluto starting on \(folder), port \(port), on \(date)."

let client (peer : String) : Unit ! {Log} = Log.debug "\(peer) connected"

/// `127.0.0.1:50312 GET /tour/ 200 OK 5120`
let answered (peer : String) (request : Request.Request) (answer : Answer.Answer) : Unit ! {Log} =
  Log.info "\(peer) \(method request.method) \(request.target) \(answer.status) \(Answer.length answer)"

let refused (peer : String) (answer : Answer.Answer) : Unit ! {Log} = Log.info "\(peer) - \(answer.status)"

let cut_short (peer : String) (path : String) : Unit ! {Log} =
  Log.warn "\(peer) \(path) changed while it was being sent: connection closed"

private let method (method : Request.Method) : String =
  match method
  | Request.Get -> "GET"
  | Request.Head -> "HEAD"
  | Request.Other name -> name
