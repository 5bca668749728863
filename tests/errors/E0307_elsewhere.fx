import Error
import File
import Json

let describe (error : File.Error) : String = show error

let is_text (json : Json.Json) : Bool =
  match json
  | Json.Number _ -> False
  | _ -> True
