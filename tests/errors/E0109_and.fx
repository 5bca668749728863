let f (a : Bool) (b : Bool) = a and b
