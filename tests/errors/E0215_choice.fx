let sign (n : Int) : String = "a" if n > 0 else "b"
