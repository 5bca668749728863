let second (xs : List Int) : Int = xs.[1]
