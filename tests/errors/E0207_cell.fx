cell Hits : Int = 0

let hit : Unit ! {Hits} =
  Hits = 1
