let f (o : Option Int) : Int =
  if let Some x = o then x else 0
