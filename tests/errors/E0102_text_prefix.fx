let f (n : Int) = $"value \(n)"
