import Console

let twice (c : Unit) : Unit ! {Console} =
  do! c
  c
