let total (a : Int) : Int =
a + 1
