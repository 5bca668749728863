let twice c =
  c
  c
