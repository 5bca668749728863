import List (map)
import Clash (map)

let xs = map show [1]
