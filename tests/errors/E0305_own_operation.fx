effect Store =
  get : String -> Option String

let read key = get key
