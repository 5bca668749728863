let sum (a : Int) : Int = a + 1)
