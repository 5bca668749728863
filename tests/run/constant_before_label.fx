import Console

type Method = Get | Head | Other String

type Request = { method : Method, target : String }

let answer (request : Request) : String ! {Console} =
  match request.method
  | Other _ -> ret "405"
  | Get | Head ->
    do! Console.print_line "found"
    if request.target == "x" then ret "400" else ret "200"

let name (method : Method) : String =
  match method
  | Get -> "GET"
  | Head -> "HEAD"
  | Other text -> text

let main (arguments : List String) : Unit ! {Console} =
  match arguments
  | [] -> ret ()
  | first_one :: rest ->
    let request = { method = if first_one == "GET" then Get else Other first_one, target = first_one }
    let! status = answer request
    do! Console.print_line "\(name request.method) \(status)"
    main rest
