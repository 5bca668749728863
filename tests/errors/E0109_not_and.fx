let f (a : Bool) = not a and a
