let mutable n = 3
