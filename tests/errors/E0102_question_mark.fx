let f (a : Bool) (b : Int) (c : Int) = a ? b : c
