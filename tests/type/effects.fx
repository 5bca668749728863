effect Store k =
  get : k -> Option String
  put : k -> String -> Unit
  clear : Unit
effect Fail e =
  raise : e -> Never
cell Hits : Int = 0

let get = Store.get
let name id = Store.get (id + 1)
let clear = Store.clear
let partly = Store.put "key"
let check n = if n > 0 then ret n else Fail.raise "negative"
let stop message : Int ! {Fail String} = Fail.raise message
let count =
  do! Hits.update (fun n -> n + 1)
  Hits.get
let one = ret 1
let later () = ret 1
let nothing = fault "never"
