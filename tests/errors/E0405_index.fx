let f (xs : List Int) = xs[0]
