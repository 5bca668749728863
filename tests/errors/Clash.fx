let map f x = f x
