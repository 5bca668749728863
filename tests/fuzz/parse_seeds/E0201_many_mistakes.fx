// Each declaration is read on its own: four mistakes are four errors.
let sum (a : Int) : Int = a +

let right (a : Int) : Int = a + 1

let name = "\q"

let largest (a : Int) (b : Int) : Int =
  if a > b
    a
  else b

let flag = 3 = 4
