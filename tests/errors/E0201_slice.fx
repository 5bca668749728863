let f (xs : []Int) : Int = 1
