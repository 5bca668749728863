let next (n : int) : Int = n + 1
