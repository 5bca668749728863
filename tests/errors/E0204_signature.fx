let double : Int -> Int
let double x = x * 2
