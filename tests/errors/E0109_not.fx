let opposite (a : Bool) : Bool = !a
