let total (a : Int) : Int =
