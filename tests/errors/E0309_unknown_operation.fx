effect Store =
  get : String -> Option String
  put : String -> String -> Unit

cell Hits : Int = 0

let read key = Store.gte key
let clear = Store.remove "a"
let bump = Hits.increment
