import Console

cell Hits : Int = 0

cell Seen : List String = ["start"]

let visit (name : String) : Unit ! {Hits, Seen} =
  do! Hits.update (fun n -> n + 1)
  let! seen = Seen.get
  Seen.set (name :: seen)

let main (_ : List String) : Unit ! {Console, Hits, Seen} =
  do! visit "a"
  let! _ = join (visit "b") (visit "c")
  let! hits = Hits.get and! seen = Seen.get
  Console.print_line "\(hits) \(show seen)"
