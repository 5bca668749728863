let f x = x mod 2
