import List
import Clash as List

let xs = List.map show [1]
