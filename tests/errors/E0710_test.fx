// A test is run by the runtime, which knows no effect of the program.
effect Store =
  get : String -> Option String

let look (key : String) : Bool ! {Store} =
  let! found = Store.get key
  ret (found == None)

test "found" = look "key"

test "all keys" (key : String) when key != "" =
  let! found = Store.get key
  ret (found == None)

let main (_ : List String) : Unit ! {} = ret ()
