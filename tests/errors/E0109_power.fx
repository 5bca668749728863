let cube (x : Int) : Int = x ** 3
