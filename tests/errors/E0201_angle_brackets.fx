let f (xs : List<Int>) : Int = 1
