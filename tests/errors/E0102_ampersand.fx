let f a = a & 3
