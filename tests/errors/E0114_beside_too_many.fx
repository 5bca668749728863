import Console

let say (text : String) : Unit ! {Console} = Console.print_line text

let releasing : String ! {Console} =
  let! used = bracket (ret "resource") (fun resource ->
      let! text = ret "\(resource)!"
      say "release \(text)") (fun _ -> ret "used")
      say "release \(text)") (fun _ -> ret "used")
  do! say "goes on with \(used)"
  ret used

let main (_ : List String) : Unit ! {Console} =
  let! _ = releasing
  ret ()
