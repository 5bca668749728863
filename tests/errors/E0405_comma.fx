let numbers : List Int = [1, 2 3]
let texts : List String = ["a" "b"]
