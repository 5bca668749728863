let f (xs : List Int) = xs[1:2]
let d = {"a": 1, "b": 2}
