let both (a : Unit ! e) (b : Unit ! f) =
  do! a
  b
