let area (width : Int) (height : Int) : Int =
  let side = fun (n : Int) -> n
  side * width + side * height

let ring (width : Int) : Bool =
  let side = fun (n : Int) (m : Int) -> n + m
  side * width > 3

let find (text : String) : Int ! e =
  match text
  | "" -> ret -1
  | "none" -> ret -2
  | _ -> ret 3
