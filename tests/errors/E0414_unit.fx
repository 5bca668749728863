import Time

let now () : Int ! {Time} = Time.get
let later (n : Int) () : Int = n

let main (args : List String) : Unit ! {Time} =
  let! _ = now
  ret ()

let n : Int = later 1
