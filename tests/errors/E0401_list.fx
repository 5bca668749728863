let xs = [1, 2, "three", 4]
let ys = 1 :: [2.5]
let zs = "a" :: "b"
