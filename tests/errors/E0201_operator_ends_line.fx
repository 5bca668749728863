let is_sound (a : Bool) (b : Bool) : Bool =
  a &&
  b
