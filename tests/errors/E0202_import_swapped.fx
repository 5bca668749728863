import import
String Time

let longest (names : List String) : Int ! {Time} =
  do! Time.sleep 1
  ret (String.length (String.concat names))
