import Console

type Method = Get | Head | Other String

let name (method : Method) : Unit =
  match method
  | Get -> "GET"
  | Head -> "HEAD"
  | Other text -> text

let numbers : Int = [1, 2, 3]

let total : Int = 1 + (match numbers | [] -> 0 | n :: _ -> n)

let main (_ : List String) : Unit ! {Console} = Console.print_line "\(name Get) \(total)"
