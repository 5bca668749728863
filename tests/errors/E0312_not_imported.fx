let names = List.map show [1, 2]
let other = Lisst.map show [1, 2]
