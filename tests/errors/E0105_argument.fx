let least (f : Int -> Int) : Int = f -9223372036854775808
