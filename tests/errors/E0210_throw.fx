let f x = throw x
