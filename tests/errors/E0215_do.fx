let add (c : Int ! e) : Int ! e =
  1 + do! c
