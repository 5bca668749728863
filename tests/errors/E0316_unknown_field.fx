type Person = { name : String, age : Int }

let ada = { name = "Ada", age = 36 }
let a = ada.nam
let b = { ada with aeg = 37 }
let c p = p.salary
let d { name, height } = name
